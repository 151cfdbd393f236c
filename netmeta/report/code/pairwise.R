# tau2 by its Q-profile interval (Viechtbauer 2007), searched to the last digits.
tau2_interval <- function(fit) {
  if (fit$method == "EE") return(c(NA, NA))
  top <- 1e10 * max(diff(range(fit$yi))^2, median(fit$vi))
  control <- list(tol = top * 1e-32, maxiter = 1e6, tau2.max = top)
  suppressMessages(confint(fit, level = 100 * level, control = control))$random[1, 2:3]
}

# The prediction interval by its own convention: predict() of metafor has but one.
prediction_interval <- function(fit) {
  if (fit$method == "EE" || !predicted || fit$k < 3) return(c(NA, NA))
  ordinary <- sqrt(1 / sum(1 / (fit$vi + fit$tau2)))
  df <- if (is.na(lost)) Inf else fit$k - lost
  spread <- sqrt(fit$tau2 + (if (adjusted) fit$se else ordinary)^2)
  fit$beta[1] + c(-1, 1) * qt((1 + level) / 2, df) * spread
}
