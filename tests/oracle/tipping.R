# Writes tipping.json: the mean change of everyone under an assumption about those who left, recomputed in R, and its
# interval twice: in closed form, and by imputations that are drawn and pooled by mice.
# Run from any folder: Rscript tests/oracle/tipping.R
suppressPackageStartupMessages({
  library(jsonlite)
  library(mice)
})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
least_pairs <- 10

# Half the width of the interval in the limit of infinitely many imputations: the mean over what is drawn, term by term.
closed_margin <- function(changes, left, assumed, confidence = 0.95) {
  m <- length(changes)
  n <- m + left
  drawn_variance <- var(changes) * (m - 1) / (m - 3) # the mean of an inverse chi-square
  # the squares around the mean of the completed data: within those who stayed, within those who left, between the two
  within_stayed <- sum((changes - mean(changes))^2)
  within_left <- (left - 1) * drawn_variance
  apart <- (assumed - mean(changes))^2 + drawn_variance / m + drawn_variance / left
  ubar <- (within_stayed + within_left + m * left / n * apart) / (n - 1) / n
  # the mean of the completed data moves with the drawn mean and with the drawn people
  b <- (left / n)^2 * (drawn_variance / m + drawn_variance / left)
  total <- ubar + b
  complete <- n - 1
  df <- (complete + 1) / (complete + 3) * complete * (1 - b / total)
  qt((1 + confidence) / 2, df) * sqrt(total)
}

# The same by drawing, pooled by the rules as mice has them.
drawn_margin <- function(changes, left, assumed, draws, confidence = 0.95) {
  m <- length(changes)
  n <- m + left
  variance <- (m - 1) * var(changes) / rchisq(draws, m - 1)
  centre <- rnorm(draws, mean(changes), sqrt(variance / m)) + (assumed - mean(changes))
  imputed <- matrix(rnorm(draws * left, centre, sqrt(variance)), draws) # one row an imputation
  sums <- sum(changes) + rowSums(imputed)
  squares <- sum(changes^2) + rowSums(imputed^2)
  pooled <- pool.scalar(sums / n, (squares - sums^2 / n) / (n - 1) / n, n = n, k = 1)
  list(estimate = pooled$qbar, margin = qt((1 + confidence) / 2, pooled$df) * sqrt(pooled$t))
}

# Where a limit is zero, by bracketing on a grid and uniroot; nothing where it never is.
crossings <- function(changes, left, sign) {
  n <- length(changes) + left
  limit <- function(a) (sum(changes) + left * a) / n + sign * closed_margin(changes, left, a)
  grid <- mean(changes) + (sd(changes) + abs(mean(changes)) * n / left) * tan(seq(-pi / 2, pi / 2, length.out = 3001)[2:3000])
  at <- sapply(grid, limit)
  turns <- which(diff(at > 0) != 0)
  sapply(turns, function(i) uniroot(limit, grid[c(i, i + 1)], tol = 1e-12)$root)
}

expected_of <- function(pre, post, assumed, low, high, draws) {
  stayed <- !is.na(pre) & !is.na(post)
  left <- pre[!is.na(pre) & is.na(post)]
  changes <- (post - pre)[stayed]
  m <- length(changes)
  l <- length(left)
  found <- list(n_pairs = m, n_left = l)
  if (m > 0) found$matched_change <- mean(changes)
  if (m > 1) found$sd_change <- sd(changes)
  if (m > 0) found$estimates <- I((sum(changes) + l * assumed) / (m + l))
  if (m > 0 && l > 0) found$tipping_point <- -sum(changes) / l
  if (l > 0) {
    found$lowest_assumed <- mean(low - left)
    found$highest_assumed <- mean(high - left)
  }
  if (m > 0 && l > 0) {
    found$lowest_estimate <- (sum(changes) + sum(low - left)) / (m + l)
    found$highest_estimate <- (sum(changes) + sum(high - left)) / (m + l)
  }
  if (m >= least_pairs && l > 0 && diff(range(round(changes, 10))) > 0) {
    margins <- sapply(assumed, function(a) closed_margin(changes, l, a))
    found$margins <- I(margins)
    found$margins_90 <- I(sapply(assumed, function(a) closed_margin(changes, l, a, 0.9)))
    drawn <- lapply(assumed, function(a) drawn_margin(changes, l, a, draws))
    found$drawn_margins <- I(sapply(drawn, `[[`, "margin"))
    found$drawn_estimates <- I(sapply(drawn, `[[`, "estimate"))
    found$lower_is_zero_at <- I(crossings(changes, l, -1))
    found$upper_is_zero_at <- I(crossings(changes, l, 1))
  }
  found
}

set.seed(20260105)
whole <- function(n, mean, sd) pmin(pmax(round(rnorm(n, mean, sd)), 7), 35)
pre_of <- list(); post_of <- list()
add <- function(name, pre, post) {
  pre_of[[name]] <<- pre
  post_of[[name]] <<- post
}
twelve <- c(19, 22, 25, 18, 21, 30, 24, 20, 17, 23, 26, 22)
add("ordinary", c(twelve, 20, 18, 25, 17, 22, 19, 28, 21), c(21, 25, 24, 19, 25, 31, 28, 20, 22, 23, 25, 27, rep(NA, 8)))
add("seven_pairs", c(twelve[1:7], 20, 18, 25, 17), c(21, 25, 24, 19, 25, 31, 28, rep(NA, 4)))
add("clear_of_zero", c(twelve, 20, 18, 25), c(24, 26, 28, 24, 25, 33, 28, 25, 20, 28, 29, 27, rep(NA, 3)))
add("fell", c(twelve, 20, 18, 25, 17), c(16, 20, 20, 16, 18, 24, 21, 17, 15, 18, 21, 20, rep(NA, 4)))
add("one_left", c(twelve[1:10], 20), c(23, 26, 27, 22, 22, 33, 29, 23, 18, 26, NA))
add("many_left", c(twelve[1:10], whole(90, 20, 4)), c(21, 25, 24, 19, 25, 31, 28, 20, 22, 23, rep(NA, 90)))
add("ties", c(rep(20, 6), rep(22, 6), 20, 20, 22), c(rep(22, 6), rep(21, 6), NA, NA, NA))
add("zeros", c(twelve, 20, 18), c(twelve[1:10], 27, 21, NA, NA)) # ten did not change, and the sum is zero
add("no_change_in_tenths", c(7.1, 7.2, 7.3, 8.1), c(7.2, 7.4, 7.0, NA)) # 0.1 + 0.2 - 0.3
add("decimals", c(19.98, 22.35, 17.43, 24.11, 18.59, 20.73, 21.54, 16.88, 23.21, 25.03, 19.25, 20.33),
    c(21.54, 22.35, 19.98, 25.03, 17.98, 24.11, 23.21, 18.59, 22.35, 27.03, NA, NA))
add("all_equal", c(twelve[1:10], 20), c(twelve[1:10] + 2, NA))
add("before_constant", c(rep(20, 11), 20, 20), c(18, 25, 22, 20, 23, 19, 24, 21, 22, 26, 20, NA, NA))
add("after_constant", c(twelve, 24, 15), c(rep(23, 12), NA, NA))
add("negative_correlation", c(16:26, 20, 31), c(28, 27, 27, 24, 25, 23, 22, 20, 21, 19, 17, NA, NA))
add("one_pair", c(20, 22, 19), c(23, NA, NA))
add("two_pairs", c(20, 22, 19), c(23, 21, NA))
add("three_pairs", c(20, 22, 19, 30), c(23, 21, 24, NA))
add("no_pairs", c(20, 22), c(NA, NA))
add("only_pairs", twelve, c(21, 25, 24, 19, 25, 31, 28, 20, 22, 23, 25, 27))
add("after_only_too", c(twelve, 20, 18, NA, NA), c(21, 25, 24, 19, 25, 31, 28, 20, 22, 23, 25, 27, NA, NA, 30, 31))
large <- whole(2000, 21, 5)
add("two_thousand", large, c(pmin(pmax(large[1:1300] + round(rnorm(1300, 0.5, 5)), 7), 35), rep(NA, 700)))

assumed <- c(0, -2, 1.5, 10)
sets <- lapply(names(pre_of), function(name) {
  draws <- if (length(pre_of[[name]]) > 1000) 2000 else 40000
  list(pre = I(pre_of[[name]]), post = I(post_of[[name]]),
       expected = expected_of(pre_of[[name]], post_of[[name]], assumed, 7, 35, draws))
})
names(sets) <- names(pre_of)
write_json(
  list(
    written_by = "tipping.R",
    versions = list(R = as.character(getRversion()), mice = as.character(packageVersion("mice")),
                    jsonlite = as.character(packageVersion("jsonlite"))),
    low = 7, high = 35, assumed = I(assumed), sets = sets
  ),
  file.path(here, "tipping.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE
)
