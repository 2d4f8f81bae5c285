# Writes two_groups.json: what R gives for shares and means of two groups, and for p values of a family.
# Run from any folder: Rscript tests/oracle/two_groups.R
library(jsonlite)

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")
set.seed(20260803)

# ---- shares --------------------------------------------------------------------------------------------------------
wilson <- function(k, n, confidence) {
  suppressWarnings(prop.test(k, n, correct = FALSE, conf.level = confidence))$conf.int[1:2]
}

# Newcombe (1998), method 10, from the Wilson interval of each share.
newcombe <- function(k1, n1, k2, n2, confidence) {
  w1 <- wilson(k1, n1, confidence)
  w2 <- wilson(k2, n2, confidence)
  p1 <- k1 / n1
  p2 <- k2 / n2
  c(p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2), p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2))
}

share <- function(x) {
  k <- x[1]
  n <- x[2]
  list(count = k, n = n, ci = wilson(k, n, 0.95), ci_90 = wilson(k, n, 0.9))
}

compare_shares <- function(x, confidence) {
  k1 <- x[1]
  n1 <- x[2]
  k2 <- x[3]
  n2 <- x[4]
  cells <- matrix(c(k1, n1 - k1, k2, n2 - k2), 2, byrow = TRUE)
  difference <- newcombe(k1, n1, k2, n2, confidence)
  ours <- wilson(k1, n1, confidence)
  theirs <- wilson(k2, n2, confidence)
  found <- list(
    rate = k1 / n1, rate_ci_low = ours[1], rate_ci_high = ours[2], caseload_rate = k2 / n2,
    caseload_rate_ci_low = theirs[1], caseload_rate_ci_high = theirs[2],
    difference = k1 / n1 - k2 / n2, difference_ci_low = difference[1], difference_ci_high = difference[2],
    fisher_p = fisher.test(cells)$p.value
  )
  if (all(cells > 0)) { # Katz et al. (1978)
    ratio <- (k1 / n1) / (k2 / n2)
    limits <- exp(log(ratio) + c(-1, 1) * qnorm((1 + confidence) / 2) * sqrt(1 / k1 - 1 / n1 + 1 / k2 - 1 / n2))
    found <- c(found, list(risk_ratio = ratio, risk_ratio_ci_low = limits[1], risk_ratio_ci_high = limits[2]))
  }
  found
}

# With the pilot taken out of the caseload, Fisher's p is that of drawing the pilot from the whole caseload.
hypergeometric_p <- function(k, n, caseload_k, caseload_n) {
  chances <- dhyper(max(0, n - (caseload_n - caseload_k)):min(n, caseload_k), caseload_k, caseload_n - caseload_k, n)
  sum(chances[chances <= dhyper(k, caseload_k, caseload_n - caseload_k, n) * (1 + 1e-7)])
}

shares <- list(c(14, 27), c(0, 27), c(27, 27), c(0, 1), c(1, 1), c(1, 2), c(2, 3), c(1, 250000), c(249999, 250000),
               c(0, 250000), c(250000, 250000), c(123456, 250000), c(5, 29), c(0, 3), c(4, 4), c(0, 10), c(10, 10))
two_shares <- list(
  ordinary = c(14, 27, 900, 1500), large_caseload = c(12, 27, 90000, 249973), rare_in_caseload = c(3, 27, 40, 249973),
  nobody_in_pilot = c(0, 27, 300, 900), everybody_in_pilot = c(27, 27, 300, 900), nobody_in_caseload = c(2, 9, 0, 40),
  everybody_in_caseload = c(7, 9, 40, 40), nobody_at_all = c(0, 5, 0, 8), everybody_at_all = c(5, 5, 8, 8),
  one_and_one = c(1, 1, 0, 1), one_person = c(1, 1, 40, 100), two_and_three = c(1, 2, 1, 3),
  three_people = c(1, 3, 20, 70), tea_tasting = c(3, 4, 1, 4), same_sizes = c(30, 100, 45, 100),
  same_share = c(10, 40, 25, 100), far_apart = c(0, 27, 249000, 249973)
)
inside <- list(c(14, 27, 914, 1527), c(12, 27, 90012, 250000), c(0, 27, 300, 927), c(27, 27, 27, 60), c(3, 3, 40, 43))

# ---- means ---------------------------------------------------------------------------------------------------------
compare_values <- function(pilot, caseload, confidence = 0.95) {
  pilot <- pilot[!is.na(pilot)]
  caseload <- caseload[!is.na(caseload)]
  found <- list(n_pilot = length(pilot), n_caseload = length(caseload))
  if (length(pilot) > 0) found$mean_pilot <- mean(pilot)
  if (length(caseload) > 0) found$mean_caseload <- mean(caseload)
  if (length(pilot) > 1) found$sd_pilot <- sd(pilot)
  if (length(caseload) > 1) found$sd_caseload <- sd(caseload)
  if (length(pilot) == 0 || length(caseload) == 0) return(found)
  found$difference <- mean(pilot) - mean(caseload)
  if (length(pilot) > 1 && length(caseload) > 1) {
    if (sd(pilot) + sd(caseload) > 0) {
      test <- t.test(pilot, caseload, conf.level = confidence) # Welch is R's default
      found <- c(found, list(ci_low = test$conf.int[1], ci_high = test$conf.int[2], t = unname(test$statistic),
                             df = unname(test$parameter), p_value = test$p.value))
    }
  }
  ranks <- suppressWarnings(wilcox.test(pilot, caseload))
  found$mann_whitney_u <- unname(ranks$statistic)
  if (!is.nan(ranks$p.value)) {
    found$mann_whitney_p <- ranks$p.value
    found$exact <- !grepl("continuity", ranks$method)
  }
  found
}

unequal <- function(n, mean, sd) unique(round(rnorm(n + 20, mean, sd), 6))[1:n]
values <- list(
  ordinary = list(c(50.3, 62.1, 41.7, 70.2, 55.5), c(40.1, 45.2, 52.8, 39.9, 48.4, 61.3, 44.6)),
  same_sizes = list(unequal(9, 50, 20), unequal(9, 45, 5)),
  ties = list(c(50, 62, 41, 70, 50), c(40, 45, 52, 50, 48, 62)),
  missing = list(c(50, NA, 41, 70), c(40, 45, NA, NA, 52, 39)),
  ogrs_like = list(round(runif(27, 4, 96)), round(runif(300, 1, 99))),
  forty_nine = list(unequal(49, 52, 20), unequal(49, 45, 18)),
  fifty_in_one = list(unequal(50, 52, 20), unequal(12, 45, 18)),
  fifty_in_other = list(unequal(12, 52, 20), unequal(50, 45, 18)),
  one_and_many = list(71, unequal(30, 45, 18)),
  many_and_one = list(unequal(7, 45, 18), 20),
  one_and_one = list(3, 5),
  two_and_two = list(c(3, 9), c(5, 6)),
  three_and_three = list(c(3, 9, 4), c(5, 6, 11)),
  one_tie_in_the_middle = list(c(3, 5), c(5, 7)),
  pilot_constant = list(c(40, 40, 40), c(30, 35, 41, 52)),
  caseload_constant = list(c(30, 35, 41, 52), c(40, 40, 40)),
  each_constant = list(c(40, 40, 40), c(30, 30)),
  all_equal = list(c(40, 40, 40), c(40, 40)),
  nobody_in_pilot = list(numeric(0), c(40, 41)),
  nobody_in_caseload = list(c(40, 41), c(NA_real_, NA_real_)),
  nobody = list(numeric(0), numeric(0)),
  apart = list(unequal(10, 90, 3), unequal(12, 20, 3)),
  middle = list(c(1, 4), c(2, 3))
)

# A caseload too large to be kept beside: person i (from 0) has the value (i * step) %% modulus.
large <- list(n = 250000, step = 37, modulus = 100)
large_pilot <- round(runif(27, 4, 96))
large_values <- ((seq_len(large$n) - 1) * large$step) %% large$modulus

# A caseload known by its mean, SD and n only: values that have exactly these.
published <- list(mean = 48.2, sd = 21.5, n = 400)
published_pilot <- c(50, 62, 41, 70, 55, 38, 81)
published_values <- as.vector(scale(rnorm(published$n))) * published$sd + published$mean
published_found <- compare_values(published_pilot, published_values)[
  c("n_pilot", "n_caseload", "mean_pilot", "mean_caseload", "sd_pilot", "sd_caseload", "difference", "ci_low",
    "ci_high", "t", "df", "p_value")
]

# ---- families of p values ------------------------------------------------------------------------------------------
families <- list(
  ordinary = c(0.001, 0.04, 0.03, 0.2, 0.008, 0.6, 0.041, 0.039, 0.5, 0.012),
  missing = c(0.01, NA, 0.04, 0.03, NA, 0.2),
  ties = c(0.02, 0.02, 0.02, 0.5), ends = c(0, 1, 0.5, 1e-300), one = 0.03, rising = seq(0.01, 0.1, 0.01),
  all_large = c(0.7, 0.9, 0.8), all_missing = c(NA_real_, NA_real_)
)
methods <- c("holm", "hochberg", "bonferroni", "BH", "BY", "fdr", "none")

write_json(
  list(
    written_by = "two_groups.R",
    versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))),
    shares = lapply(shares, share),
    two_shares = lapply(two_shares, function(x) list(
      counts = x, expected = compare_shares(x, 0.95), expected_90 = compare_shares(x, 0.9)
    )),
    pilot_inside = lapply(inside, function(x) list(counts = x, fisher_p = do.call(hypergeometric_p, as.list(x)))),
    means = lapply(values, function(x) list(
      pilot = I(x[[1]]), caseload = I(x[[2]]), expected = compare_values(x[[1]], x[[2]]),
      expected_90 = compare_values(x[[1]], x[[2]], 0.9)
    )),
    large = c(large, list(pilot = large_pilot, expected = compare_values(large_pilot, large_values))),
    published = c(published, list(pilot = published_pilot, expected = published_found)),
    families = lapply(families, function(p) list(
      p = I(p), adjusted = lapply(setNames(methods, methods), function(method) I(p.adjust(p, method)))
    ))
  ),
  file.path(here, "two_groups.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE
)
