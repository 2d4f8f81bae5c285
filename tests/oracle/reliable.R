# Writes reliable.json: reliable change by three methods, from their published formulas, and thresholds in points.
# Run from any folder: Rscript tests/oracle/reliable.R
library(jsonlite)

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
RNGversion("4.0.0")

# ---- the formulas --------------------------------------------------------------------------------------------------
# Jacobson & Truax 1991; the other two as clinicalsignificance 3.0.0 writes them (calc_rci.R).
sem_of <- function(s1, r) s1 * sqrt(1 - r)
s_diff_of <- function(s1, r) sqrt(2 * sem_of(s1, r)^2)
jacobson_truax <- function(x1, x2, s1, r) (x2 - x1) / s_diff_of(s1, r)
edwards_nunnally <- function(x1, x2, s1, r, m1) (x2 - (r * (x1 - m1) + m1)) / sem_of(s1, r)
r_dd_of <- function(s1, r, s2, r12) {
  se <- sem_of(s1, r)
  r1 <- (s1^2 - se^2) / s1^2
  r2 <- (s2^2 - se^2) / s2^2
  (s1^2 * r1 + s2^2 * r2 - 2 * s1 * s2 * r12) / (s1^2 + s2^2 - 2 * s1 * s2 * r12)
}
hageman_arrindell <- function(x1, x2, s1, r, m1, m2, s2, r12) {
  r_dd <- r_dd_of(s1, r, s2, r12)
  ((x2 - x1) * r_dd + (m2 - m1) * (1 - r_dd)) / (sqrt(r_dd) * sqrt(2 * sem_of(s1, r)^2))
}
counted <- function(index, critical) {
  index <- round(index, 10)
  list(improved = sum(index > critical), `no reliable change` = sum(abs(index) <= critical),
       deteriorated = sum(index < -critical))
}
in_points <- function(pre, post, threshold) {
  change <- round(post - pre, 10)
  list(
    threshold = threshold, exceeded = counted(change, threshold),
    reached = list(improved = sum(change >= threshold), `no reliable change` = sum(abs(change) < threshold),
                   deteriorated = sum(change <= -threshold))
  )
}

# ---- the data sets: scores, and the SD and reliability to judge by -------------------------------------------------
set.seed(20261122)
set_of <- function(pre, post, sd, reliability, threshold) {
  list(pre = pre, post = post, sd = sd, reliability = reliability, threshold = threshold)
}
sets <- list(
  nobody = set_of(numeric(0), numeric(0), 4, 0.8, 3),
  one_pair = set_of(32.5, 47.5, 7.5, 0.8, 3),
  two_pairs = set_of(c(21, 19), c(24, 18), 4.67, 0.88, 3),
  three_pairs = set_of(c(21, 19, 26), c(24, 18, 35), 4.67, 0.88, 3),
  ties_and_zeros = set_of(
    c(20, 21, 23, 19, 25, 27, 22, 20, 18, 24, 26, 21, 22, 23), c(22, 21, 25, 18, 27, 37, 22, 29, 10, 26, 26, 24, 21, 25),
    4.67, 0.71, 2
  ),
  nobody_changed = set_of(c(20, 22, 25, 27), c(20, 22, 25, 27), 4, 0.8, 1),
  all_changes_equal = set_of(c(20, 23, 27, 31), c(27, 30, 34, 38), 4, 0.8, 7),
  before_constant = set_of(rep(20, 6), c(10, 21, 22, 25, 20, 33), 4, 0.8, 5),
  after_constant = set_of(c(18, 21, 22, 25, 12, 33), rep(24, 6), 4, 0.8, 3),
  # 0.1 + 0.2 and its like: equal to the threshold in decimal, not in binary
  tenths_at_the_threshold = set_of(c(0.1, 0.2, 0.7, 2.2, 3.3), c(0.4, 0.5, 1.0, 1.9, 3.0), 0.5, 0.8, 0.3),
  # s_diff is exactly 1, so that 1.96 points are an index of exactly 1.96
  exactly_critical = set_of(c(20, 20.01, 20, 21.96, 22), c(21.96, 21.97, 21.97, 20, 20.03), 1, 0.5, 1.96),
  negative_correlation = local({
    pre <- round(rnorm(15, 28, 5))
    set_of(pre, round(58 - pre + rnorm(15, 0, 2)), 5, 0.85, 4)
  }),
  # so little spread before and after that the differences hold nothing but error
  nothing_but_error = set_of(c(20, 21, 20, 22, 21, 20), c(21, 20, 21, 21, 22, 21), 8, 0.6, 1),
  no_reliability = set_of(c(20, 25, 31, 18), c(28, 24, 40, 11), 4, 0, 8),
  metric_scores = set_of(
    c(19.25, 21.54, 17.43, 26.02, 23.21, 30.70, 35.00, 18.59), c(22.35, 21.54, 20.30, 23.15, 26.02, 32.55, 27.03, 21.46),
    3.9, 0.84, 2.87
  ),
  two_thousand = local({
    pre <- round(rnorm(2000, 21, 4), 1)
    set_of(pre, round(0.6 * pre + 9 + rnorm(2000, 0, 3), 1), 4.2, 0.81, 3)
  })
)

judged <- function(one) {
  pre <- one$pre
  post <- one$post
  n <- length(pre)
  s1 <- one$sd
  r <- one$reliability
  index <- jacobson_truax(pre, post, s1, r)
  s_diff <- s_diff_of(s1, r)
  found <- list(
    pre = I(pre), post = I(post), sd = s1, reliability = r, sem = sem_of(s1, r), s_diff = s_diff,
    threshold = 1.96 * s_diff, published = in_points(pre, post, one$threshold),
    jacobson_truax = list(rc = I(index), counts = counted(index, 1.96))
  )
  if (n > 0) {
    index <- edwards_nunnally(pre, post, s1, r, mean(pre))
    found$edwards_nunnally <- list(rc = I(index), counts = counted(index, 1.96))
  }
  if (n > 1 && sd(pre) > 0 && sd(post) > 0 && r_dd_of(s1, r, sd(post), cor(pre, post)) > 0) {
    index <- hageman_arrindell(pre, post, s1, r, mean(pre), mean(post), sd(post), cor(pre, post))
    found$hageman_arrindell <- list(rc = I(index), counts = counted(index, 1.65))
  }
  found
}

# ---- worked examples and thresholds as the reference prints them ----------------------------------------------------
case <- function(name, arguments, value, printed) {
  stopifnot(abs(value - printed) < 5.1 * 10^-(nchar(sub(".*\\.", "", format(printed, digits = 10))) + 1))
  list(method = name, arguments = arguments, rc = value, printed = printed)
}
base <- list(pre = 32.5, post = 47.5, sd = 7.5, reliability = 0.8)
examples <- list(
  case("jacobson_truax", base, jacobson_truax(32.5, 47.5, 7.5, 0.8), 3.1623),
  case("jacobson_truax", modifyList(base, list(reliability = 0.88)), jacobson_truax(32.5, 47.5, 7.5, 0.88), 4.0825),
  case("edwards_nunnally", c(base, mean_pre = 40), edwards_nunnally(32.5, 47.5, 7.5, 0.8, 40), 4.0249),
  case("hageman_arrindell", c(base, mean_pre = 40, mean_post = 50, sd_post = 10, correlation = 0.5),
       hageman_arrindell(32.5, 47.5, 7.5, 0.8, 40, 50, 10, 0.5), 3.3756)
)
threshold_of <- function(instrument, s1, r, printed) {
  value <- 1.96 * s_diff_of(s1, r)
  stopifnot(abs(value - printed) < 0.0051)
  list(instrument = instrument, sd = s1, reliability = r, sem = sem_of(s1, r), threshold = value, printed = printed)
}
thresholds <- list(
  threshold_of("wemwbs", 8.96, 0.83, 10.24), threshold_of("wemwbs", 8.96, 0.91, 7.45),
  threshold_of("swemwbs", 3.9, 0.84, 4.32), threshold_of("gse", 4.67, 0.88, 4.48), threshold_of("gse", 4.67, 0.71, 6.97),
  threshold_of("none", 7.5, 0.8, 9.297), threshold_of("none", 7.5, 0.88, 7.2015)
)

versions <- list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite")))
write_json(
  list(written_by = "reliable.R", versions = versions, examples = examples, thresholds = thresholds,
       sets = lapply(sets, judged)),
  file.path(here, "reliable.json"), auto_unbox = TRUE, digits = NA, na = "null", pretty = TRUE
)
