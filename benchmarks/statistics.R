# Times in R what the dashboard computes for one measure. Prints one line a part: its name and the median seconds.
# Rscript statistics.R pairs.csv everyone.csv items.csv many.csv   (a part whose package is not installed is left out)
files <- commandArgs(TRUE)
pairs <- read.csv(files[1])
everyone <- read.csv(files[2])
items <- read.csv(files[3])
many <- read.csv(files[4])
set.seed(1)

timed <- function(name, packages, work, times = 5) {
  there <- all(sapply(packages, function(p) suppressMessages(suppressWarnings(requireNamespace(p, quietly = TRUE)))))
  if (!there) return(invisible())
  suppressWarnings(suppressMessages(work()))
  taken <- sapply(seq_len(times), function(i) suppressWarnings(suppressMessages(system.time(work())["elapsed"])))
  cat(name, median(taken), "\n")
}

changes <- pairs$post - pairs$pre
d_av <- function(x, i) mean(x[i, 2] - x[i, 1]) / sqrt((var(x[i, 1]) + var(x[i, 2])) / 2)
jackknife <- function(x) sapply(seq_len(nrow(x)), function(i) d_av(x, -i))

timed("matched", c("effectsize", "boot"), function() {
  t.test(pairs$post, pairs$pre, paired = TRUE)
  wilcox.test(changes, exact = FALSE, correct = TRUE, conf.int = TRUE)
  shapiro.test(changes)
  cor(pairs$pre, pairs$post)
  effectsize::cohens_d(changes, mu = 0)
  effectsize::rank_biserial(changes, mu = 0)
  both <- as.matrix(pairs[c("pre", "post")])
  drawn <- boot::boot(both, d_av, 9999)
  left_out <- jackknife(both)
  boot::boot.ci(drawn, type = "bca", L = (nrow(both) - 1) * (mean(left_out) - left_out))
})
timed("mixed", "lme4", function() summary(lme4::lmer(score ~ wave + (1 | respondent_id), data = everyone)))
timed("reliability", "psych", function() {
  psych::alpha(items)
  factanal(items, 1)
})
timed("groups", character(0), function() {
  found <- lapply(split(many, many$group), function(one) {
    if (nrow(one) > 2) t.test(one$post, one$pre, paired = TRUE)
  })
  p.adjust(sapply(found, function(test) if (is.null(test)) NA else test$p.value), "holm")
})
