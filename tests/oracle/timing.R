# Writes timing.json: what R gives for weeks between two dates, and for the paired change inside a window of weeks.
# Run from any folder: Rscript tests/oracle/timing.R
library(jsonlite)

here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))

# Days apart by R's own calendar, leap years and clock changes included.
weeks_apart <- function(from, to) as.numeric(difftime(as.Date(to), as.Date(from), units = "days")) / 7

describe_weeks <- function(weeks) {
  quartiles <- quantile(weeks, c(0.25, 0.5, 0.75), type = 7, names = FALSE)
  found <- list(n = length(weeks), mean = mean(weeks), q1 = quartiles[1], median = quartiles[2], q3 = quartiles[3],
                min = min(weeks), max = max(weeks))
  if (length(weeks) > 1) found$sd <- sd(weeks)
  found
}

change_of <- function(pre, post) {
  found <- list(n = length(pre), mean_pre = mean(pre), mean_post = mean(post), mean_change = mean(post - pre))
  if (length(pre) > 1) found$sd_change <- sd(post - pre)
  if (length(pre) > 2) {
    interval <- t.test(post, pre, paired = TRUE)$conf.int
    found <- c(found, list(ci_low = interval[1], ci_high = interval[2]))
  }
  found
}

dates <- list(
  ordinary = list(c("2025-09-01", "2025-09-03", "2025-09-08", "2025-09-10", "2025-10-01"),
                  c("2025-12-22", "2026-01-05", "2025-12-20", "2026-02-11", "2026-01-21")),
  leap_day = list(c("2024-02-01", "2023-12-30"), c("2024-05-23", "2024-02-29")),
  clock_changes = list(c("2026-03-28", "2025-10-25", "2026-03-29"), c("2026-03-30", "2026-03-30", "2026-10-26")),
  one_pair = list("2026-01-05", "2026-04-27"),
  same_day = list(c("2026-01-05", "2026-01-12"), c("2026-01-05", "2026-04-27"))
)
scores <- list(
  pre = c(20, 23, 27, 22, 25, 31, 19, 24), post = c(24, 23, 25, 27, 29, 30, 24, 31),
  before = rep("2026-01-05", 8),
  after = c("2026-03-30", "2026-04-27", "2026-05-25", "2026-05-26", "2026-03-29", "2026-04-28", "2026-06-29", "2026-04-20")
)
scores$weeks <- weeks_apart(scores$before, scores$after)
windows <- list(c(12, 20), c(16, 16), c(12, 16), c(0, 520), c(1, 2))
write_json(
  list(
    written_by = "timing.R",
    versions = list(R = as.character(getRversion()), jsonlite = as.character(packageVersion("jsonlite"))),
    dates = lapply(dates, function(x) list(
      before = I(x[[1]]), after = I(x[[2]]), weeks = I(weeks_apart(x[[1]], x[[2]])),
      expected = describe_weeks(weeks_apart(x[[1]], x[[2]]))
    )),
    scores = lapply(scores, I),
    windows = lapply(windows, function(w) {
      inside <- scores$weeks >= w[1] & scores$weeks <= w[2]
      list(low = w[1], high = w[2], inside = I(which(inside)),
           expected = if (any(inside)) change_of(scores$pre[inside], scores$post[inside]) else list(n = 0))
    })
  ),
  file.path(here, "timing.json"), pretty = TRUE, auto_unbox = TRUE, digits = NA
)
