# Writes attrition.json: what R gives for those who stayed beside those who left.
# Run from any folder: Rscript tests/oracle/attrition.R
library(jsonlite)

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))

compare_means <- function(stayed, left, confidence = 0.95) {
  stayed <- stayed[!is.na(stayed)]
  left <- left[!is.na(left)]
  found <- list(n_stayed = length(stayed), n_left = length(left), mean_stayed = mean(stayed), mean_left = mean(left),
                difference = mean(stayed) - mean(left))
  if (length(stayed) > 1) found$sd_stayed <- sd(stayed)
  if (length(left) > 1) found$sd_left <- sd(left)
  if (length(stayed) > 1 && length(left) > 1) {
    if (sd(stayed) + sd(left) > 0) {
      interval <- t.test(stayed, left, conf.level = confidence)$conf.int # Welch is R's default
      found <- c(found, list(ci_low = interval[1], ci_high = interval[2],
                             standardised_difference = found$difference / sqrt((var(stayed) + var(left)) / 2)))
    }
  }
  found
}

# Newcombe (1998), method 10: from the Wilson interval of each share, which prop.test gives without correction.
compare_shares <- function(k_stayed, n_stayed, k_left, n_left, confidence = 0.95) {
  wilson <- function(k, n) suppressWarnings(prop.test(k, n, correct = FALSE, conf.level = confidence))$conf.int[1:2]
  p1 <- k_stayed / n_stayed
  p2 <- k_left / n_left
  w1 <- wilson(k_stayed, n_stayed)
  w2 <- wilson(k_left, n_left)
  found <- list(
    n_stayed = n_stayed, n_left = n_left, mean_stayed = p1, mean_left = p2, difference = p1 - p2,
    ci_low = p1 - p2 - sqrt((p1 - w1[1])^2 + (w2[2] - p2)^2), ci_high = p1 - p2 + sqrt((w1[2] - p1)^2 + (p2 - w2[1])^2)
  )
  pooled <- sqrt((p1 * (1 - p1) + p2 * (1 - p2)) / 2)
  if (pooled > 0) found$standardised_difference <- (p1 - p2) / pooled
  found
}

means <- list(
  ordinary = list(c(20, 23, 27, 22, 25, 31, 19), c(18, 24, 21, 17)),
  missing = list(c(20, NA, 27, 22, 25), c(18, 24, NA, NA, 30)),
  one_left = list(c(20, 23, 27, 22), 18),
  one_side_constant = list(c(20, 23, 27, 22), c(18, 18, 18)),
  both_constant = list(c(20, 20), c(18, 18)),
  decimals = list(c(19.3, 22.35, 17.43, 24.11, 18.0), c(16.88, 21.54))
)
shares <- list(
  ordinary = c(7, 10, 2, 6), none_and_all = c(0, 8, 5, 5), all_and_all = c(4, 4, 3, 3), one_left = c(3, 9, 1, 1),
  newcombe_example = c(56, 70, 48, 80) # Newcombe (1998), example a: 0.0524 to 0.3339
)
# Within each group of those who stayed and left; a group that is not known is left out.
within_groups <- function(stayed, stayed_in, left, left_in) {
  groups <- sort(unique(c(stayed_in, left_in)))
  groups <- groups[!is.na(groups)]
  found <- lapply(groups, function(group) {
    lapply(c(`0.95` = 0.95, `0.9` = 0.9), function(confidence) {
      compare_means(stayed[stayed_in %in% group], left[left_in %in% group], confidence)
    })
  })
  setNames(found, groups)
}
groups <- list(
  ordinary = list(c(20, 23, 27, 22, 25, 31, 19), c("N", "N", "S", "S", "N", "S", "N"),
                  c(18, 24, 21, 17, 26), c("N", "S", "S", "N", "N")),
  not_known = list(c(20, 23, 27, 22), c("N", NA, "N", "S"), c(18, 24, 21), c(NA, "N", "N")),
  one_on_a_side = list(c(20, 23, 27, 22), c("N", "N", "N", "S"), c(18, 24, 21), c("N", "S", "S")),
  nobody_on_a_side = list(c(20, 23, 27), c("N", "N", "N"), c(18, 24, 21), c("S", "S", "S")),
  all_equal = list(c(20, 20, 27, 22), c("N", "N", "S", "S"), c(18, 18, 21, 24), c("N", "N", "S", "S")),
  one_side_constant = list(c(20, 20, 20, 22), c("N", "N", "N", "S"), c(18, 19, 21, 24), c("N", "N", "N", "S")),
  decimals = list(c(19.3, 22.35, 17.43, 24.11, 18), c("N", "N", "S", "S", "N"),
                  c(16.88, 21.54, 20.33, 19.98), c("N", "N", "S", "S")),
  every_one_apart = list(c(20, 23), c("A", "B"), c(18, 24), c("C", "D"))
)
write_json(
  list(
    written_by = "attrition.R",
    versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))),
    groups = lapply(groups, function(x) list(
      stayed = I(x[[1]]), stayed_in = I(x[[2]]), left = I(x[[3]]), left_in = I(x[[4]]),
      expected = within_groups(x[[1]], x[[2]], x[[3]], x[[4]])
    )),
    means = lapply(means, function(x) list(
      stayed = I(x[[1]]), left = I(x[[2]]), expected = compare_means(x[[1]], x[[2]])
    )),
    shares = lapply(shares, function(x) list(
      k_stayed = x[1], n_stayed = x[2], k_left = x[3], n_left = x[4], expected = compare_shares(x[1], x[2], x[3], x[4]),
      expected_90 = compare_shares(x[1], x[2], x[3], x[4], 0.9)
    ))
  ),
  file.path(here, "attrition.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE
)
