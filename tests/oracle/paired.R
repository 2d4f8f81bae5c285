# Writes paired.json: what R gives for the paired statistics, by the definitions that the dashboard names.
# Run from any folder: Rscript tests/oracle/paired.R
suppressPackageStartupMessages({
  library(boot)
  library(coin)
  library(effectsize)
  library(exactRankTests)
  library(jsonlite)
})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")
ids <- function(n) sprintf("P%04d", seq_len(n))
complete <- function(pre, post) list(pre = setNames(pre, ids(length(pre))), post = setNames(post, ids(length(post))))

# ---- the data sets -------------------------------------------------------------------------------------------------
set.seed(20260711)
sets <- list()
sets$sleep <- complete(sleep$extra[sleep$group == 1], sleep$extra[sleep$group == 2])
sets$one_pair <- complete(21, 24)
sets$two_pairs <- complete(c(21, 19), c(24, 18))
sets$three_pairs <- complete(c(21, 19, 26), c(24, 18, 31))
sets$five_pairs <- complete(c(18.0, 19.3, 21.5, 17.4, 22.4), c(19.3, 19.3, 20.0, 20.7, 24.1))
sets$six_pairs_all_up <- complete(c(15, 18, 22, 25, 19, 30), c(16, 20, 25, 29, 24, 36))
sets$constant_change <- complete(c(20, 23, 27, 31), c(22, 25, 29, 33))
sets$constant_change_in_tenths <- complete(c(0.1, 0.2, 0.3, 0.7), c(0.2, 0.3, 0.4, 0.8))
sets$pre_constant <- complete(rep(20, 11), c(18, 21, 22, 25, 20, 23, 27, 19, 24, 26, 21))
sets$post_constant <- complete(c(18, 21, 22, 25, 20, 23, 27), rep(24, 7))
sets$ties_and_zeros <- complete(
  c(20, 21, 23, 19, 25, 27, 22, 20, 18, 24, 26, 21, 22, 23),
  c(22, 21, 25, 18, 27, 29, 22, 23, 16, 26, 26, 24, 21, 25)
)
sets$missing_values <- list(
  pre = c(A = 20, B = NA, C = 25, D = 31, E = 18, F = 22, G = 27, H = 24, I = NA, J = 29),
  post = c(C = 27, A = 24, D = 30, B = 26, F = NA, E = 21, K = 33, H = 28, G = 27, L = NA)
)
sets$tenths <- {
  pre <- round(rnorm(29, 3.4, 0.9), 1)
  complete(pre, round(pre + sample(seq(-0.6, 0.9, 0.1), 29, TRUE), 1))
}
sets$skew <- {
  pre <- round(rgamma(40, 2, 0.2), 1)
  complete(pre, round(pre + rexp(40, 0.3) - 1.5, 1))
}
sets$negative_correlation <- {
  pre <- round(rnorm(15, 28, 5), 0)
  complete(pre, round(58 - pre + rnorm(15, 0, 2), 0))
}
sets$falls <- complete(
  c(30, 28, 33, 27, 31, 29, 26, 35, 32, 30, 28, 34),
  c(27, 28, 29, 25, 32, 24, 22, 33, 27, 26, 29, 28)
)
sets$almost_equal_changes <- complete(
  c(20, 22, 25, 27, 31, 18, 24, 26, 29, 30),
  c(25, 27, 30, 32, 36, 23, 29, 31, 34, 36)
)
sets$fifty_moved <- {
  pre <- sample(10:40, 50, TRUE)
  complete(pre, pre + sample(c(-3:-1, 1:5), 50, TRUE))
}
sets$fifty_one_moved <- {
  pre <- sample(10:40, 53, TRUE)
  complete(pre, pre + c(sample(c(-3:-1, 1:5), 51, TRUE), 0, 0))
}
sets$hundred_and_twenty <- {
  pre <- round(rnorm(120, 21, 4))
  complete(pre, round(pre + rnorm(120, 0.4, 3)))
}
sets$two_thousand <- {
  pre <- round(rnorm(2000, 21, 4), 1)
  complete(pre, round(0.6 * pre + 9 + rnorm(2000, 0, 3), 1))
}

# ---- definitions ---------------------------------------------------------------------------------------------------
dz_limit <- function(t, df, share) {
  # R's pt() is not exact for ncp beyond 37.6, so the same probability is integrated there.
  below <- function(ncp) {
    if (abs(t) < 15) return(suppressWarnings(pt(t, df, ncp))) # it warns far out in the tails, where the root is not
    integrate(function(z) dnorm(z) * pchisq(df * (pmax(z + ncp, 0) / t)^2, df, lower.tail = FALSE), -9, 9,
              rel.tol = 1e-11, subdivisions = 2000L)$value
  }
  uniroot(function(ncp) below(ncp) - share, c(t - 5 - abs(t), t + 5 + abs(t)), tol = 1e-12)$root / sqrt(df + 1)
}

wilcoxon <- function(d) {
  d <- d[d != 0]
  ranks <- rank(abs(d))
  if (length(d) <= 50) {
    test <- wilcox.exact(d, exact = TRUE)
    second <- wilcoxsign_test(d ~ rep(0, length(d)), distribution = "exact", zero.method = "Wilcoxon")
    stopifnot(abs(test$p.value - pvalue(second)) < 1e-9)
    method <- "exact"
  } else {
    test <- wilcox.test(d, exact = FALSE, correct = TRUE)
    method <- "normal approximation"
  }
  list(
    wilcoxon_w = unname(test$statistic), wilcoxon_p = test$p.value, wilcoxon_method = method,
    rank_biserial = (sum(ranks[d > 0]) - sum(ranks[d < 0])) / sum(ranks)
  )
}

hodges_lehmann <- function(d, confidence = 0.95) {
  n <- length(d)
  walsh <- outer(d, d, "+") / 2
  walsh <- sort(walsh[lower.tri(walsh, diag = TRUE)])
  alpha <- 1 - confidence
  spread <- sqrt(n * (n + 1) * (2 * n + 1) / 24)
  low <- if (n <= 50) qsignrank(alpha / 2, n) else ceiling(n * (n + 1) / 4 - qnorm(1 - alpha / 2) * spread - 0.5)
  found <- list(hodges_lehmann = median(walsh))
  if (low < 1) return(found)
  c(found, hodges_lehmann_ci_low = walsh[low], hodges_lehmann_ci_high = walsh[length(walsh) + 1 - low])
}

d_av <- function(pairs) mean(pairs[, 2] - pairs[, 1]) / sqrt((var(pairs[, 1]) + var(pairs[, 2])) / 2)

bootstrap <- function(pairs, resamples = 19999) {
  n <- nrow(pairs)
  drawn <- boot(pairs, function(x, i) d_av(x[i, , drop = FALSE]), resamples)
  jackknife <- sapply(seq_len(n), function(i) d_av(pairs[-i, , drop = FALSE]))
  interval <- boot.ci(drawn, type = "bca", L = (n - 1) * (mean(jackknife) - jackknife))$bca[4:5]
  list(cohens_dav_ci_low = interval[1], cohens_dav_ci_high = interval[2])
}

# What is described even where nothing is tested.
described <- function(x) {
  x <- unname(x[!is.na(x)])
  n <- length(x)
  found <- list(n = n)
  if (n == 0) return(found)
  q <- quantile(x, c(0.25, 0.5, 0.75), type = 7, names = FALSE)
  found <- c(found, list(mean = mean(x), median = q[2], q1 = q[1], q3 = q[3], min = min(x), max = max(x)))
  if (n > 1) found$sd <- sd(x)
  if (n > 1 && sd(x) > 1e-9) {
    interval <- t.test(x)$conf.int
    found <- c(found, list(ci_low = interval[1], ci_high = interval[2]))
  }
  found
}

changed <- function(pre, post) {
  n <- length(pre)
  d <- post - pre
  rounded <- round(d, 10)
  found <- list(
    n_pairs = n, mean_pre = mean(pre), mean_post = mean(post), mean_change = mean(d),
    n_up = sum(rounded > 0), n_same = sum(rounded == 0), n_down = sum(rounded < 0)
  )
  if (n < 2) return(found)
  equal <- max(rounded) == min(rounded)
  found <- c(found, list(sd_pre = sd(pre), sd_post = sd(post), sd_change = if (equal) 0 else sd(d)))
  if (n < 3 || equal) return(found)
  test <- t.test(post, pre, paired = TRUE)
  t <- unname(test$statistic)
  dz <- mean(d) / sd(d)
  stopifnot(abs(dz - cohens_d(d, mu = 0)$Cohens_d) < 1e-9)
  dav <- mean(d) / sqrt((var(pre) + var(post)) / 2)
  found <- c(found, list(
    t = t, df = n - 1, p_value = test$p.value, ci_low = test$conf.int[1], ci_high = test$conf.int[2],
    cohens_dz = dz, cohens_dz_ci_low = dz_limit(t, n - 1, 0.975), cohens_dz_ci_high = dz_limit(t, n - 1, 0.025),
    cohens_dav = dav, hedges_gav = dav * (1 - 3 / (4 * (2 * n - 2) - 1)), shapiro_p = shapiro.test(d)$p.value
  ))
  if (sd(pre) > 0 && sd(post) > 0) found$correlation <- cor(pre, post)
  found <- c(found, wilcoxon(rounded), hodges_lehmann(rounded))
  if (n >= 10) found <- c(found, bootstrap(cbind(pre, post)))
  found
}

# ---- results -------------------------------------------------------------------------------------------------------
results <- lapply(sets, function(one) {
  pre <- one$pre[!is.na(one$pre)]
  post <- one$post[!is.na(one$post)]
  both <- intersect(names(pre), names(post))
  named <- if (!identical(names(one$pre), names(one$post))) list(pre_id = names(one$pre), post_id = names(one$post))
  c(named, list(
    pre = I(unname(one$pre)), post = I(unname(one$post)),
    change = changed(unname(pre[both]), unname(post[both])),
    description = list(
      `all pre` = described(pre), `all post` = described(post),
      `matched pre` = described(pre[both]), `matched post` = described(post[both]),
      `pre only` = described(pre[setdiff(names(pre), both)]), `post only` = described(post[setdiff(names(post), both)])
    )
  ))
})
ninety <- local({
  pre <- unname(sets$ties_and_zeros$pre)
  post <- unname(sets$ties_and_zeros$post)
  test <- t.test(post, pre, paired = TRUE, conf.level = 0.9)
  t <- unname(test$statistic)
  walsh <- hodges_lehmann(round(post - pre, 10), 0.9)
  list(
    set = "ties_and_zeros", confidence = 0.9, ci_low = test$conf.int[1], ci_high = test$conf.int[2],
    cohens_dz_ci_low = dz_limit(t, 13, 0.95), cohens_dz_ci_high = dz_limit(t, 13, 0.05),
    hodges_lehmann_ci_low = walsh$hodges_lehmann_ci_low, hodges_lehmann_ci_high = walsh$hodges_lehmann_ci_high
  )
})
packages <- c("boot", "coin", "effectsize", "exactRankTests", "jsonlite")
versions <- c(R = as.character(getRversion()), sapply(packages, function(name) as.character(packageVersion(name))))
write_json(
  list(written_by = "paired.R", versions = as.list(versions), other_confidence = ninety, sets = results),
  file.path(here, "paired.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE
)
