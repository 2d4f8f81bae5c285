# Writes everyone.json: Bayes factors, the partially overlapping samples t test and the mixed model, as R gives them.
# Run from any folder: Rscript tests/oracle/everyone.R
suppressPackageStartupMessages({
  library(BayesFactor)
  library(jsonlite)
  library(lme4)
  library(lmerTest)
})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")
ids <- function(n) sprintf("P%04d", seq_len(n))
named <- function(values) setNames(values, ids(length(values)))

# ---- the data sets: NA is no score --------------------------------------------------------------------------------
set.seed(20261122)
set <- function(pre, post) list(pre = named(pre), post = named(post))
gone <- function(values, which) replace(values, which, NA)
sets <- list()
# The worked example of Derrick, Toher & White 2017: sample a stands after, sample b before.
sets$derrick <- set(
  c(15, 10, 15, 17, 13, 19, 12, 13, rep(NA, 8), 10, 16, 18, 16, 15, 14, 13, 10),
  c(14, 15, 18, 20, 11, 19, 14, 15, 20, 21, 16, 18, 14, 12, 14, 17, rep(NA, 8))
)
sets$sleep <- set(sleep$extra[sleep$group == 1], sleep$extra[sleep$group == 2])
sets$nobody <- list(pre = setNames(numeric(0), character(0)), post = setNames(numeric(0), character(0)))
sets$no_pairs <- set(c(20, 22, 25, 19, NA, NA, NA), c(NA, NA, NA, NA, 24, 21, 28))
sets$one_pair <- set(c(20, 22, 25), c(23, NA, NA))
sets$two_pairs_only <- set(c(21, 19), c(24, 18))
sets$two_pairs <- set(c(21, 19, 25, 28, NA), c(24, 18, NA, NA, 30))
sets$three_pairs <- set(c(21, 19, 26, 30, 22, NA), c(24, 18, 31, NA, NA, 27))
sets$four_pairs <- set(c(21, 19, 26, 30, 22), c(24, 18, 31, 29, NA))
sets$five_pairs_only <- set(c(18.0, 19.3, 21.5, 17.4, 22.4), c(19.3, 19.3, 20.0, 20.7, 24.1))
sets$seven_of_27 <- {
  pre <- round(rnorm(27, 21, 4), 2)
  set(pre, gone(round(0.7 * pre + 7.2 + rnorm(27, 0, 2.2), 2), 8:27))
}
sets$ties_and_zeros <- set(
  c(20, 21, 23, 19, 25, 27, 22, 20, 18, 24, 26, 21, 22, 23, 20, 20, NA, NA),
  c(22, 21, 25, 18, 27, 29, 22, 23, 16, 26, 26, 24, 21, 25, NA, NA, 22, 25)
)
sets$tenths <- {
  pre <- round(rnorm(40, 3.4, 0.9), 1)
  set(gone(pre, 31:40), gone(round(pre + sample(seq(-0.6, 0.9, 0.1), 40, TRUE), 1), 1:9))
}
sets$unequal_spread <- {
  pre <- round(rnorm(24, 30, 2))
  set(gone(pre, 20:24), gone(round(30 + 3 * (pre - 30) + rnorm(24, 1, 5)), 1:6))
}
sets$after_only <- set(c(20, 24, 22, 26, 19, 23, rep(NA, 5)), c(22, 27, 21, 29, 22, 23, 30, 18, 25, 26, 28))
sets$negative_correlation <- {
  pre <- round(rnorm(15, 28, 5))
  set(pre, gone(round(58 - pre + rnorm(15, 0, 2)), 13:15))
}
sets$negative_correlation_only_pairs <- set(c(20, 30, 24, 27, 22, 31), c(30, 21, 26, 24, 27, 20))
sets$before_constant <- set(rep(20, 12), c(18, 21, 22, 25, 20, 23, 27, 19, 24, 26, NA, NA))
sets$pairs_before_constant <- set(c(rep(20, 8), 24, 26), c(18, 21, 22, 25, 20, 23, 27, 19, NA, NA))
sets$both_constant <- set(rep(20, 7), c(rep(22, 6), NA))
sets$constant_change_only_pairs <- set(c(0.1, 0.2, 0.3, 0.7, 1.1, 1.9), c(0.2, 0.3, 0.4, 0.8, 1.2, 2.0))
sets$constant_change <- set(c(20, 23, 27, 31, 24, 30, 19), c(22, 25, 29, 33, 26, NA, NA))
sets$almost_equal_changes <- set(c(20, 22, 25, 27, 31, 18, 24, 26, 29, 30), c(25, 27, 30, 32, 36, 23, 29, 31, 34, 36))
sets$doubled <- set(c(10, 12, 15, 11, 14, 18), 2 * c(10, 12, 15, 11, 14, 18))
sets$falls <- set(
  c(30, 28, 33, 27, 31, 29, 26, 35, 32, 30, 28, 34, 31, 29), c(27, 28, 29, 25, 32, 24, 22, 33, 27, 26, 29, 28, NA, NA)
)
sets$no_change_at_all <- set(c(20, 22, 24, 26, 28, 30, 21, 23), c(22, 20, 26, 24, 30, 28, 23, 21))
sets$hundred_and_twenty <- {
  pre <- round(rnorm(120, 21, 4))
  set(gone(pre, 111:120), gone(round(0.6 * pre + 9 + rnorm(120, 0, 3)), 71:110))
}
sets$two_thousand <- {
  pre <- round(rnorm(2000, 21, 4), 1)
  set(gone(pre, 1701:2000), gone(round(0.6 * pre + 9 + rnorm(2000, 0, 3), 1), 1101:1700))
}
sets$two_thousand_large <- {
  pre <- round(rnorm(2000, 21, 4), 1)
  set(pre, round(pre + 2 + rnorm(2000, 0, 3), 1))
}

# ---- definitions ---------------------------------------------------------------------------------------------------
equal <- function(values) length(values) > 0 && diff(range(round(values, 10))) == 0

# The JZS Bayes factor as an integral over g, cut where the integrand is smooth (Rouder et al. 2009).
integrated <- function(t, n, scale) {
  v <- n - 1
  log_part <- function(u) {
    g <- exp(u)
    log(scale) - log(2 * pi) / 2 - u / 2 - scale^2 / (2 * g) - log1p(n * g) / 2 -
      (v + 1) / 2 * (log1p(t^2 / ((1 + n * g) * v)) - log1p(t^2 / v))
  }
  peak <- optimize(log_part, c(-12, 60), maximum = TRUE, tol = 1e-8)
  cuts <- peak$maximum + c(-40, -8, -4, -2, -1, 0, 1, 2, 4, 8, 16, 32, 80)
  pieces <- mapply(function(low, high) {
    integrate(function(u) exp(log_part(u) - peak$objective), low, high, rel.tol = 1e-13, abs.tol = 0,
              subdivisions = 2000L, stop.on.error = FALSE)$value
  }, head(cuts, -1), tail(cuts, -1))
  exp(peak$objective + log(sum(pieces)))
}

bayes <- function(pre, post) {
  d <- post - pre
  if (length(d) < 3 || equal(d)) return(NULL)
  t <- mean(d) / (sd(d) / sqrt(length(d)))
  lapply(c(medium = 0.707, wide = 1, narrow = 0.5), function(scale) {
    approximated <- FALSE # where t is large BayesFactor says that it approximates, and errs by some per cent
    found <- withCallingHandlers(
      extractBF(ttestBF(post, pre, paired = TRUE, rscale = scale)),
      message = function(said) {
        approximated <<- approximated || grepl("approximation", conditionMessage(said))
        invokeRestart("muffleMessage")
      }
    )
    list(scale = scale, bf10 = found$bf, approximated = approximated, integrated = integrated(t, length(d), scale))
  })
}

overlap <- function(pre, post, both, equal_variances) {
  n1 <- length(pre); n2 <- length(post); c <- length(both); u <- n1 + n2 - 2 * c
  counts <- list(n_pairs = c, n_pre_only = n1 - c, n_post_only = n2 - c)
  if (c < 2) return(counts)
  counts$mean_change <- mean(post) - mean(pre)
  if (equal(pre) && equal(post) || u == 0 && equal(post[both] - pre[both])) return(counts)
  r <- if (equal(pre[both]) || equal(post[both])) 0 else cor(pre[both], post[both])
  if (equal_variances) {
    pooled <- sqrt(((n1 - 1) * var(pre) + (n2 - 1) * var(post)) / (n1 + n2 - 2))
    inner <- 1 / n1 + 1 / n2 - 2 * r * c / (n1 * n2)
    if (inner < 1e-12) return(counts)
    error <- pooled * sqrt(inner)
    df <- (c - 1) + (u + c - 1) / (u + 2 * c) * u
  } else {
    error <- sqrt(var(pre) / n1 + var(post) / n2 - 2 * r * sd(pre) * sd(post) * c / (n1 * n2))
    gamma <- (var(pre) / n1 + var(post) / n2)^2 / ((var(pre) / n1)^2 / (n1 - 1) + (var(post) / n2)^2 / (n2 - 1))
    df <- (c - 1) + (gamma - c + 1) / (u + 2 * c) * u
  }
  t <- counts$mean_change / error
  if (u == 0 && !equal_variances) {
    paired <- t.test(post, pre[names(post)], paired = TRUE)$statistic
    stopifnot(abs(t - paired) < 1e-6 * abs(t) + 1e-9)
  }
  c(counts, list(
    t = t, df = df, p_value = 2 * pt(-abs(t), df),
    ci_low = counts$mean_change - qt(0.975, df) * error, ci_high = counts$mean_change + qt(0.975, df) * error
  ))
}

mixed <- function(pre, post, both) {
  people <- union(names(pre), names(post))
  counts <- list(n_people = length(people), n_scores = length(pre) + length(post))
  if (length(both) < 5 || equal(post[both] - pre[both])) return(counts)
  long <- data.frame(
    person = c(names(pre), names(post)), wave = rep(0:1, c(length(pre), length(post))), score = unname(c(pre, post))
  )
  tight <- lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-13, maxfun = 1e5), calc.derivs = FALSE)
  fit <- suppressMessages(lmerTest::lmer(score ~ wave + (1 | person), long, REML = TRUE, control = tight))
  # Near zero the deviance is so flat that the optimiser stops before it: zero counts where nothing is higher.
  deviance <- suppressMessages(lme4::lmer(score ~ wave + (1 | person), long, REML = TRUE, devFunOnly = TRUE))
  if (isSingular(fit) || deviance(0) <= deviance(getME(fit, "theta")) + 1e-9) return(c(counts, list(singular = TRUE)))
  row <- coef(summary(fit, ddf = "Satterthwaite"))["wave", ]
  margin <- qt(0.975, row[["df"]]) * row[["Std. Error"]]
  c(counts, list(
    mean_change = row[["Estimate"]], se = row[["Std. Error"]], df = row[["df"]], p_value = row[["Pr(>|t|)"]],
    ci_low = row[["Estimate"]] - margin, ci_high = row[["Estimate"]] + margin
  ))
}

quantiles <- function(pre, post) {
  d <- round(post - pre, 10)
  if (length(d) < 3 || equal(d)) return(NULL)
  ends <- unname(quantile(d, c(0.25, 0.75)))
  slope <- diff(ends) / diff(qnorm(c(0.25, 0.75)))
  found <- list(slope = slope, intercept = ends[1] - slope * qnorm(0.25)) # as qqline() computes them
  if (length(d) <= 40) {
    both <- qqnorm(d, plot.it = FALSE)
    found <- c(found, list(quantiles = I(sort(both$x)), values = I(sort(both$y))))
  }
  found
}

# ---- results -------------------------------------------------------------------------------------------------------
results <- lapply(sets, function(one) {
  pre <- one$pre[!is.na(one$pre)]
  post <- one$post[!is.na(one$post)]
  both <- intersect(names(pre), names(post))
  list(
    pre = I(unname(one$pre)), post = I(unname(one$post)),
    bayes = bayes(unname(pre[both]), unname(post[both])),
    normal_quantiles = quantiles(unname(pre[both]), unname(post[both])),
    overlap = overlap(pre, post, both, FALSE),
    overlap_equal_variances = overlap(pre, post, both, TRUE),
    mixed = mixed(pre, post, both)
  )
})
# As printed by the authors (Partiallyoverlapping 2.0), for equal variances.
published <- list(set = "derrick", p_value = 0.026, decimals = 3)
packages <- c("BayesFactor", "jsonlite", "lme4", "lmerTest")
versions <- c(R = as.character(getRversion()), sapply(packages, function(name) as.character(packageVersion(name))))
write_json(
  list(written_by = "everyone.R", versions = as.list(versions), published = published, sets = results),
  file.path(here, "everyone.json"), auto_unbox = TRUE, digits = NA, na = "null", null = "null", pretty = TRUE
)
