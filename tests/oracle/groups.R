# Writes groups.json: what R gives for the changes of groups of people and for the differences between them.
# Run from any folder: Rscript tests/oracle/groups.R
suppressPackageStartupMessages(library(jsonlite))

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")

# ---- the data sets: scores before and after (NA: none) and the group of each person (NA: not recorded) ----------------
set.seed(20260712)
sets <- list()
one <- function(pre, post, group) list(pre = pre, post = post, group = group)
sets$two_groups <- {
  group <- rep(c("North", "South"), c(14, 11))
  pre <- sample(12:34, 25, TRUE)
  one(pre, pre + sample(-3:6, 25, TRUE) + 2 * (group == "South"), group)
}
sets$two_groups_in_tenths <- {
  group <- sample(c("a", "b"), 44, TRUE)
  pre <- round(rnorm(44, 3.4, 0.9), 1)
  one(pre, round(pre + sample(seq(-0.6, 0.9, 0.1), 44, TRUE), 1), group)
}
sets$three_groups <- {
  group <- rep(c("A", "B", "C"), c(12, 30, 10))
  pre <- round(rnorm(52, 21, 4))
  one(pre, round(pre + rnorm(52, 1, 3) + (group == "C")), group)
}
sets$one_group_too_small <- {
  group <- rep(c("A", "B", "C", "D"), c(13, 10, 9, 16))
  pre <- round(rnorm(48, 21, 4))
  one(pre, round(pre + rnorm(48, 1, 3)), group)
}
sets$few_of_everything <- {
  group <- rep(c("none", "one", "two", "three", "four equal", "four zero"), c(2, 1, 2, 3, 4, 4))
  pre <- c(20, 21, 19, 22, 25, 18, 24, 30, 20, 22, 24, 26, 21, 23, 25, 27)
  post <- c(NA, NA, 24, 21, 27, 20, 23, 34, 22, 24, 26, 28, 21, 23, 25, 27)
  one(pre, post, group)
}
sets$equal_in_tenths <- one(
  c(0.1, 0.2, 0.3, 0.7, 1.4, 2.1, 2.2), c(0.2, 0.3, 0.4, 0.8, 1.6, 2.2, 2.6), rep(c("equal", "other"), c(4, 3))
)
sets$missing_scores_and_groups <- {
  group <- sample(c("yes", "no", NA), 60, TRUE, c(0.4, 0.4, 0.2))
  pre <- round(rnorm(60, 25, 5))
  post <- round(pre + rnorm(60, 0, 4))
  pre[sample(60, 6)] <- NA
  post[sample(60, 9)] <- NA
  one(pre, post, group)
}
sets$one_group_all_equal <- {
  group <- rep(c("steady", "moving"), c(12, 15))
  pre <- round(rnorm(27, 25, 5))
  one(pre, pre + ifelse(group == "steady", 2, sample(-4:5, 27, TRUE)), group)
}
sets$before_constant <- {
  group <- rep(c("x", "y"), c(12, 13))
  one(rep(20, 25), 20 + sample(-4:6, 25, TRUE), group)
}
sets$negative_correlation <- {
  group <- rep(c("x", "y", "z"), c(15, 15, 15))
  pre <- round(rnorm(45, 28, 5))
  one(pre, round(58 - pre + rnorm(45, 0, 2)), group)
}
sets$different_starts <- {
  group <- rep(c("low", "high"), c(20, 25))
  pre <- round(rnorm(45, ifelse(group == "low", 16, 27), 3))
  one(pre, round(12 + 0.5 * pre + rnorm(45, 0, 2)), group)
}
sets$two_thousand <- {
  group <- sample(sprintf("Site %02d", 1:12), 2000, TRUE)
  pre <- round(rnorm(2000, 21, 4), 1)
  one(pre, round(0.6 * pre + 9 + rnorm(2000, 0, 3), 1), group)
}
sets$two_hundred_groups <- {
  group <- sample(sprintf("G%03d", 1:200), 2000, TRUE)
  pre <- round(rnorm(2000, 21, 4))
  one(pre, round(0.6 * pre + 9 + rnorm(2000, 0, 3)), group)
}
sets$nobody <- one(c(20, 21), c(NA, NA), c("A", "B"))

# ---- definitions ---------------------------------------------------------------------------------------------------
equal <- function(x) max(round(x, 10)) == min(round(x, 10))
num <- function(x) if (is.null(x)) NA_real_ else unname(x)

subgroups <- function(s) {
  before <- !is.na(s$pre) & !is.na(s$group)
  paired <- before & !is.na(s$post)
  names <- sort(unique(s$group[before]), method = "radix")
  rows <- lapply(names, function(g) {
    pre <- s$pre[paired & s$group %in% g]
    post <- s$post[paired & s$group %in% g]
    d <- post - pre
    n <- length(d)
    row <- list(group = g, n_pairs = n, n_before = sum(before & s$group %in% g))
    if (n > 0) row <- c(row, list(mean_pre = mean(pre), mean_post = mean(post), mean_change = mean(d)))
    if (n > 1) row$sd_change <- if (equal(d)) 0 else sd(d)
    if (n > 2 && !equal(d)) {
      test <- t.test(post, pre, paired = TRUE)
      row <- c(row, list(ci_low = test$conf.int[1], ci_high = test$conf.int[2], t = unname(test$statistic),
                         df = unname(test$parameter), p_value = test$p.value))
    }
    row
  })
  p <- p.adjust(sapply(rows, function(row) num(row$p_value)), "holm")
  for (i in seq_along(rows)) if (!is.na(p[i])) rows[[i]]$p_holm <- p[i]
  rows
}

differences <- function(s) {
  kept <- !is.na(s$pre) & !is.na(s$post) & !is.na(s$group)
  sizes <- table(factor(s$group[kept]))
  names <- sort(as.character(names(sizes))[as.vector(sizes) >= 10], method = "radix")
  found <- list(compared = I(names))
  if (length(names) < 2) return(found)
  kept <- kept & s$group %in% names
  pre <- s$pre[kept]
  post <- s$post[kept]
  change <- post - pre
  group <- s$group[kept]
  pairs <- if (length(names) == 2) names[1] else names
  rows <- lapply(pairs, function(g) {
    inside <- group == g
    row <- list(group = g, other = if (length(names) == 2) names[2] else "the other groups",
                n_group = sum(inside), n_other = sum(!inside), difference = mean(change[inside]) - mean(change[!inside]))
    if (!equal(change[inside]) || !equal(change[!inside])) {
      test <- t.test(change[inside], change[!inside])
      row <- c(row, list(ci_low = test$conf.int[1], ci_high = test$conf.int[2], t = unname(test$statistic),
                         df = unname(test$parameter), p_value = test$p.value))
    }
    if (!equal(pre)) {
      model <- lm(change ~ pre + inside)
      stopifnot(abs(coef(model)["insideTRUE"] - coef(lm(post ~ pre + inside))["insideTRUE"]) < 1e-9)
      line <- summary(model)$coefficients["insideTRUE", ]
      limits <- confint(model)["insideTRUE", ]
      row <- c(row, list(adjusted_difference = unname(line[1]), adjusted_ci_low = unname(limits[1]),
                         adjusted_ci_high = unname(limits[2]), adjusted_t = unname(line[3]),
                         adjusted_df = model$df.residual, adjusted_p_value = unname(line[4])))
    }
    row
  })
  for (prefix in c("", "adjusted_")) {
    p <- p.adjust(sapply(rows, function(row) num(row[[paste0(prefix, "p_value")]])), "holm")
    for (i in seq_along(rows)) if (!is.na(p[i])) rows[[i]][[paste0(prefix, "p_holm")]] <- p[i]
  }
  found$comparisons <- rows
  if (length(names) > 2) {
    welch <- oneway.test(change ~ group)
    found$welch <- list(f = unname(welch$statistic), df1 = unname(welch$parameter[1]),
                        df2 = unname(welch$parameter[2]), p_value = welch$p.value)
    both <- anova(lm(change ~ pre), lm(change ~ pre + factor(group)))
    found$adjusted <- list(f = both$F[2], df1 = both$Df[2], df2 = both$Res.Df[2], p_value = both$`Pr(>F)`[2])
  }
  found
}

# ---- results -------------------------------------------------------------------------------------------------------
results <- lapply(sets, function(s) {
  list(pre = I(s$pre), post = I(s$post), group = I(s$group), subgroups = subgroups(s), differences = differences(s))
})
ninety <- local({
  s <- sets$two_groups
  d <- s$post - s$pre
  north <- s$group == "North"
  test <- t.test(d[north], conf.level = 0.9)
  welch <- t.test(d[north], d[!north], conf.level = 0.9)
  pre <- s$pre
  limits <- confint(lm(d ~ pre + north), level = 0.9)["northTRUE", ]
  list(set = "two_groups", confidence = 0.9, north = test$conf.int[1:2], welch = welch$conf.int[1:2],
       adjusted = unname(limits))
})
versions <- list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite")))
write_json(
  list(written_by = "groups.R", versions = versions, other_confidence = ninety, sets = results),
  file.path(here, "groups.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = FALSE
)
