# Writes limits.json: regression to the mean, two one-sided tests, and the pairs whose interval could fit inside a bound.
# Run from any folder: Rscript tests/oracle/limits.R
suppressPackageStartupMessages(library(jsonlite))

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")
set.seed(20261105)
ids <- function(n) sprintf("P%04d", seq_len(n))
complete <- function(pre, post) list(pre = setNames(pre, ids(length(pre))), post = setNames(post, ids(length(post))))

# ---- the data sets: awkward ones first -----------------------------------------------------------------------------
sets <- list()
sets$nobody <- list(pre = setNames(numeric(0), character(0)), post = setNames(numeric(0), character(0)))
sets$no_pairs <- list(pre = c(A = 20, B = 24, C = NA), post = c(C = 22, D = 19, A = NA))
sets$one_pair <- complete(23.5, 21)
sets$two_pairs <- complete(c(21, 26), c(24, 25))
sets$three_pairs <- complete(c(19.25, 21.54, 26.02), c(20.73, 21.54, 30.70))
sets$all_changes_zero <- complete(c(20, 23, 27, 31), c(20, 23, 27, 31))
sets$all_changes_equal_in_tenths <- complete(c(0.1, 0.2, 0.3, 0.7), c(0.2, 0.3, 0.4, 0.8))
sets$everyone_alike_before <- complete(rep(30.2, 10), c(31, 29, 30, 33, 28, 30, 30, 34, 27, 31))
sets$everyone_alike_after <- complete(c(28, 33, 25, 30, 36, 29), rep(31, 6))
sets$ties_and_zeros <- complete(
  c(20, 21, 23, 19, 25, 27, 22, 20, 18, 24, 26, 21), c(21, 21, 24, 18, 25, 28, 22, 20, 19, 24, 25, 21)
)
sets$rounding_hides_ties <- {
  pre <- round(rnorm(30, 3.2, 0.8), 1)
  complete(pre, round(pre + sample(c(-0.3, -0.1, 0, 0.1, 0.2), 30, TRUE), 1))
}
sets$negative_correlation <- {
  pre <- round(rnorm(16, 27, 5))
  complete(pre, round(55 - pre + rnorm(16, 0, 2)))
}
sets$some_missing <- list(
  pre = c(A = 20, B = NA, C = 25, D = 31, E = 18, F = 22, G = 27, H = 24, I = NA, J = 29),
  post = c(C = 27, A = 24, D = 30, B = 26, F = NA, E = 21, K = 33, H = 28, G = 27, L = NA)
)
sets$falls_from_above <- complete(round(rnorm(25, 36, 3)), round(rnorm(25, 33, 3)))
sets$nearly_alike_changes <- {
  pre <- 18 + seq_len(40) / 4
  complete(pre, pre + 2 + (seq_len(40) %% 2) * 1e-4)
}
sets$two_thousand <- {
  pre <- round(rnorm(2000, 21, 4), 2)
  complete(pre, round(0.6 * pre + 8.6 + rnorm(2000, 0, 3), 2))
}

bounds <- c(0.05, 0.5, 1.5, 2.87, 10)
norms <- c(0, 23.5, 30.2, 49.4)
correlations <- c(0, 0.25, 0.5, 0.7, 0.9, 0.99, 1)

# ---- definitions ---------------------------------------------------------------------------------------------------
tested <- function(change, bound) {
  found <- list(bound = bound)
  if (length(change) == 0) return(found)
  found$mean_change <- mean(change)
  equal <- max(round(change, 10)) == min(round(change, 10))
  if (length(change) > 1) found$sd_change <- if (equal) 0 else sd(change)
  if (length(change) < 3 || equal) return(found)
  lower <- t.test(change, mu = -bound, alternative = "greater")
  upper <- t.test(change, mu = bound, alternative = "less")
  interval <- t.test(change, conf.level = 0.9)$conf.int
  c(found, list(
    ci_low = interval[1], ci_high = interval[2],
    t_lower = unname(lower$statistic), t_upper = unname(upper$statistic), df = length(change) - 1,
    p_lower = lower$p.value, p_upper = upper$p.value, p_value = max(lower$p.value, upper$p.value)
  ))
}

regressed <- function(pre, norm) {
  found <- list(norm_mean = norm, correlations = correlations)
  if (length(pre) == 0) return(found)
  c(found, list(mean_pre = mean(pre), expected = I((1 - correlations) * (norm - mean(pre)))))
}

# By trying one n after another, as a check of any cleverer search.
fits <- function(sd, bound) {
  n <- 3
  while (qt(0.95, n - 1) * sd / sqrt(n) >= bound) n <- n + 1
  n
}
asked <- expand.grid(sd = c(0, 0.14, 0.5, 1, 3.06, 3.063467, 4.9, 12), bound = c(0.15, 0.5, 1, 1.5, 2.25, 2.87, 10))
asked$pairs <- mapply(fits, asked$sd, asked$bound)

# ---- results -------------------------------------------------------------------------------------------------------
results <- lapply(sets, function(one) {
  pre <- one$pre[!is.na(one$pre)]
  post <- one$post[!is.na(one$post)]
  both <- intersect(names(pre), names(post))
  list(
    pre = I(unname(one$pre)), pre_id = I(names(one$pre)), post = I(unname(one$post)), post_id = I(names(one$post)),
    n_pairs = length(both),
    equivalence = lapply(bounds, function(bound) tested(unname(post[both] - pre[both]), bound)),
    regression = lapply(norms, function(norm) regressed(unname(pre[both]), norm))
  )
})
versions <- c(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite")))
write_json(
  list(written_by = "limits.R", versions = as.list(versions), pairs_to_fit = asked, sets = results),
  file.path(here, "limits.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE
)
