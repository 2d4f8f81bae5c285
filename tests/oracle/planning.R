# Writes planning.json: what R gives for the numbers of people that a next phase needs.
# Run from any folder: Rscript tests/oracle/planning.R
suppressPackageStartupMessages({
  library(jsonlite)
  library(pwr)
})

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")

# Power of a t test, both tails, with its noncentrality and degrees of freedom.
both_tails <- function(df, ncp, alpha) {
  limit <- qt(alpha / 2, df, lower.tail = FALSE)
  pt(limit, df, ncp, lower.tail = FALSE) + pt(-limit, df, ncp)
}

# ---- pairs ---------------------------------------------------------------------------------------------------------
paired_exact <- function(d, power, alpha) {
  # R's own search starts at two pairs, where a very large effect has the power already.
  if (both_tails(1, abs(d) * sqrt(2), alpha) >= power) return(2)
  uniroot(function(n) both_tails(n - 1, abs(d) * sqrt(n), alpha) - power, c(2, 1e9), tol = 1e-10)$root
}
asked <- expand.grid(
  effect = c(0.01, 0.05, 0.1, 0.2, -0.35, 0.5, 0.8, 0.938, 1.2, 2, 3.5, 10, 40), power = c(0.5, 0.8, 0.9, 0.99),
  alpha = c(0.001, 0.05, 0.2)
)
asked$n <- mapply(paired_exact, asked$effect, asked$power, asked$alpha)
for (i in which(asked$n > 2.01 & asked$n < 1e6)) {
  row <- asked[i, ]
  second <- power.t.test(delta = abs(row$effect), sd = 1, power = row$power, sig.level = row$alpha, type = "paired",
                         strict = TRUE, tol = 1e-9)$n
  stopifnot(abs(second / row$n - 1) < 1e-6)
  if (abs(row$effect) < 5) {
    third <- pwr.t.test(d = row$effect, power = row$power, sig.level = row$alpha, type = "paired")$n
    stopifnot(abs(third / row$n - 1) < 1e-3)
  }
}
asked$needed <- ceiling(asked$n)

curves <- lapply(list(c(0.2, 0.05), c(0.67, 0.05), c(1.5, 0.01), c(4, 0.1)), function(one) {
  n <- c(2, 3, 5, 10.5, 20, 100, 1000)
  power <- sapply(n, function(k) both_tails(k - 1, one[1] * sqrt(k), one[2]))
  second <- sapply(n, function(k) pwr.t.test(n = k, d = one[1], sig.level = one[2], type = "paired")$power)
  stopifnot(max(abs(power - second)) < 1e-9)
  list(effect = one[1], alpha = one[2], n = n, power = power)
})

# ---- pairs from a pilot's changes ------------------------------------------------------------------------------------
set.seed(20260712)
pilots <- list(
  published = list(changes = c(4.0, 1.5, -3.2, 0.9, 5.1, -1.4, -0.6), change = 2.87, completion = 7 / 27),
  two_pairs = list(changes = c(3, -1), change = 2),
  three_pairs = list(changes = c(3, -1, 5), change = -2, completion = 0.4),
  ties_and_zeros = list(changes = c(0, 0, 0, 1, 1, -1, 2, 2, 0, 3), change = 1, completion = 1),
  tenths = list(changes = c(0.1, 0.2, -0.3, 0.7, 0.1, 0.2, 0.4, -0.1), change = 0.3, completion = 0.35),
  one_differs = list(changes = c(rep(2, 11), 3), change = 0.5, completion = 0.5),
  wide = list(changes = c(-14, 9, 21, -3, 17), change = 3, completion = 0.62, power = 0.9, alpha = 0.01),
  far_larger_than_its_spread = list(changes = c(0.1, 0.2, 0.15, 0.12), change = 8),
  two_thousand = list(changes = round(rnorm(2000, 0.4, 3), 1), change = 0.25, completion = 0.8),
  negative_change = list(changes = round(rnorm(40, -2, 5)), change = -1.5, completion = 0.26)
)
needed <- function(change, sd, power, alpha) ceiling(paired_exact(change / sd, power, alpha))
pilots <- lapply(pilots, function(one) {
  n <- length(one$changes)
  power <- if (is.null(one$power)) 0.8 else one$power
  alpha <- if (is.null(one$alpha)) 0.05 else one$alpha
  s <- sd(one$changes)
  limits <- s * sqrt((n - 1) / qchisq(c(0.2, 0.975, 0.025), n - 1))
  at <- sapply(c(s, limits), function(each) needed(one$change, each, power, alpha))
  found <- list(
    sd_change = s, sd_upper80 = limits[1], sd_lower95 = limits[2], sd_upper95 = limits[3],
    at_pilot_sd = at[1], at_upper80 = at[2], at_lower95 = at[3], at_upper95 = at[4]
  )
  if (!is.null(one$completion)) found$recruit <- ceiling(round(at[2] / one$completion, 9))
  c(one[names(one) != "changes"], list(changes = I(one$changes), planned = found))
})

# ---- two groups, a mean ----------------------------------------------------------------------------------------------
groups <- expand.grid(
  difference = c(0.3, 2, -2.87, 12), sd = c(3.1, 4.245), correlation = c(-0.4, 0, 0.61, 0.95), power = c(0.8, 0.9),
  alpha = c(0.05, 0.01)
)
groups$n <- mapply(function(difference, sd, power, alpha) {
  power.t.test(delta = abs(difference), sd = sd, power = power, sig.level = alpha, strict = TRUE, tol = 1e-9)$n
}, groups$difference, groups$sd, groups$power, groups$alpha)
groups$unadjusted <- ceiling(groups$n)
groups$per_group <- pmax(ceiling(groups$n * (1 - groups$correlation^2)), 2)
groups$power_of_30 <- mapply(function(difference, sd, r, alpha) {
  as_good_as <- 30 / (1 - r^2)
  both_tails(2 * as_good_as - 2, abs(difference) / sd * sqrt(as_good_as / 2), alpha)
}, groups$difference, groups$sd, groups$correlation, groups$alpha)
plain <- groups$correlation == 0
stopifnot(max(abs(groups$power_of_30[plain] - mapply(function(difference, sd, alpha) {
  pwr.t.test(n = 30, d = difference / sd, sig.level = alpha)$power
}, groups$difference[plain], groups$sd[plain], groups$alpha[plain]))) < 1e-9)

# ---- two groups, a share ---------------------------------------------------------------------------------------------
shares <- data.frame(
  p1 = c(0.5, 0.02, 0.4, 0.4, 0.7, 0.1, 0, 0.999, 0.30, 0.25), p2 = c(0.4, 0.1, 0.39, 0.3, 0.2, 0.35, 0.1, 0.9, 0.2, 0.5),
  power = c(0.8, 0.9, 0.8, 0.95, 0.8, 0.5, 0.8, 0.9, 0.8, 0.99),
  alpha = c(0.05, 0.05, 0.05, 0.01, 0.05, 0.05, 0.05, 0.05, 0.1, 0.001)
)
shares$n <- mapply(function(p1, p2, power, alpha) {
  power.prop.test(p1 = p1, p2 = p2, power = power, sig.level = alpha, tol = 1e-10)$n
}, shares$p1, shares$p2, shares$power, shares$alpha)
shares$needed <- ceiling(shares$n)
shares$power_of_200 <- mapply(function(p1, p2, alpha) {
  power.prop.test(n = 200, p1 = p1, p2 = p2, sig.level = alpha)$power
}, shares$p1, shares$p2, shares$alpha)

# ---- clusters --------------------------------------------------------------------------------------------------------
clusters <- expand.grid(
  difference = c(1, 2.5), sd = 4.245, correlation = c(0, 0.61), icc = c(0, 0.01, 0.05, 0.2), cluster_size = c(1, 9, 40),
  size_variation = c(0, 0.65), power = c(0.8, 0.9), alpha = 0.05
)
clusters$design_effect <- with(clusters, 1 + ((1 + size_variation^2) * cluster_size - 1) * icc)
clusters$by_formula <- mapply(function(difference, sd, r, size, effect, power, alpha) {
  k <- 2
  people <- function(k) k * size / effect / (1 - r^2)
  while (both_tails(2 * (k - 1), difference / sd * sqrt(people(k) / 2), alpha) < power) k <- k + 1
  k
}, clusters$difference, clusters$sd, clusters$correlation, clusters$cluster_size, clusters$design_effect,
clusters$power, clusters$alpha)
# Without clusters (one person each, no correlation within) it is the two-sample t test.
single <- with(clusters, cluster_size == 1 & icc == 0 & correlation == 0 & size_variation == 0)
stopifnot(all(clusters$by_formula[single] == mapply(function(difference, sd, power) {
  ceiling(power.t.test(delta = difference, sd = sd, power = power, strict = TRUE, tol = 1e-9)$n)
}, clusters$difference[single], clusters$sd[single], clusters$power[single])))

shares_clusters <- merge(shares[c(1, 2, 4, 5, 9), c("p1", "p2", "power", "alpha", "n")],
                         expand.grid(icc = c(0.01, 0.05), cluster_size = c(15, 50), size_variation = c(0, 0.4)))
shares_clusters$design_effect <- with(shares_clusters, 1 + ((1 + size_variation^2) * cluster_size - 1) * icc)
shares_clusters$by_formula <- with(shares_clusters, ceiling(n * design_effect / cluster_size) + 1)

# ---- the interval of a correlation -----------------------------------------------------------------------------------
correlations <- lapply(c(4, 7, 30), function(n) {
  before <- rnorm(n)
  after <- 0.6 * before + rnorm(n)
  test <- cor.test(before, after)
  list(r = unname(test$estimate), n = n, low = test$conf.int[1], high = test$conf.int[2])
})

versions <- list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite")),
                 pwr = as.character(packageVersion("pwr")))
write_json(
  list(written_by = "planning.R", versions = versions, pairs = asked, curves = curves, pilots = pilots, groups = groups,
       shares = shares, clusters = clusters, shares_clusters = shares_clusters, correlations = correlations),
  file.path(here, "planning.json"), auto_unbox = TRUE, digits = NA, na = "null", dataframe = "rows", pretty = TRUE
)
