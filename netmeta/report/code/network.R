# A study of m arms gives m - 1 comparisons with its first arm, with covariance (V_AB + V_AC - V_BC) / 2 for AB and AC;
# tau2 is the same for all comparisons, and tau2 / 2 between two of a study.
study_of <- function(rows) {
  own <- unique(c(rbind(rows$experimental, rows$control)))
  against <- function(a, b) {
    here <- which((rows$experimental == a & rows$control == b) | (rows$experimental == b & rows$control == a))
    c((if (rows$experimental[here] == a) 1 else -1) * rows$yi[here], rows$sei[here]^2)
  }
  basic <- sapply(own[-1], against, own[1])
  m <- length(own) - 1
  V <- diag(basic[2, ], m)
  for (i in seq_len(m)) for (j in seq_len(m)) if (i != j) {
    V[i, j] <- (basic[2, i] + basic[2, j] - against(own[i + 1], own[j + 1])[2]) / 2
  }
  X <- outer(own[-1], treatments[-1], "==") - outer(rep(own[1], m), treatments[-1], "==")
  list(yi = basic[1, ], V = V, X = X, D = (diag(m) + 1) / 2, study = rep(rows$study[1], m))
}
# One turn of a study's comparisons makes both covariances diagonal: then every row has variance v + tau2 and depends on
# no other row, whatever tau2 is, and rma() fits the network by every estimator that it has. Nothing is approximated.
turned <- function(part) {
  between <- solve(t(chol(part$D)))
  own <- eigen(between %*% part$V %*% t(between), symmetric = TRUE)
  turn <- t(own$vectors) %*% between
  turn <- turn * ifelse(rowSums(turn %*% part$X) < 0, -1, 1)
  list(yi = turn %*% part$yi, vi = own$values, X = turn %*% part$X)
}

treatments <- c(reference, setdiff(unique(c(comparisons$experimental, comparisons$control)), reference))
studies <- lapply(split(comparisons, comparisons$study), study_of)
rows <- lapply(studies, turned)
y <- unlist(lapply(rows, `[[`, "yi"))
v <- unlist(lapply(rows, `[[`, "vi"))
X <- do.call(rbind, lapply(rows, `[[`, "X"))
q_df <- length(y) - ncol(X)
flat <- lm.fit(X, y)$residuals

# Effects of all treatments but the reference, and their covariance, at a given tau2.
at_tau2 <- function(tau2) {
  W <- 1 / (v + tau2)
  covariance <- solve(crossprod(X, W * X))
  beta <- drop(covariance %*% crossprod(X, W * y))
  list(beta = beta, covariance = covariance, squares = sum(W * drop(y - X %*% beta)^2))
}

if (method == "EE") {
  tau2 <- 0
  tau2_ci <- c(NA, NA)
} else {
  scale <- median(v)
  control <- list(threshold = 1e-13 * scale, maxiter = 1e5, tau2.max = 1e6 * scale, tol = 1e-15 * scale)
  if (method %in% c("REML", "ML", "EB")) control$tau2.init <- tau2_start
  # Sidik and Jonkman's first guess: the mean square about the unweighted fit, whichever way comparisons are written.
  if (method == "SJ") control$tau2.init <- mean(flat^2)
  # rma() of metafor 3 takes the mean off the effects before it estimates tau2, which a design without a constant does not
  # allow. Effects less X b have the same residuals, and with this b a mean of 0: nothing is taken off.
  b <- mean(y) * colMeans(X) / sum(colMeans(X)^2)
  network_fit <- rma(y - drop(X %*% b), v, mods = X, intercept = FALSE, method = method, control = control)
  tau2 <- network_fit$tau2
  top <- 1e10 * max(max(abs(flat))^2, scale)
  profile <- suppressMessages(confint(network_fit, level = 100 * level,
                                      control = list(tol = top * 1e-32, maxiter = 1e6, tau2.max = top)))
  tau2_ci <- profile$random[1, 2:3]
}
network <- at_tau2(tau2)
q <- at_tau2(0)$squares

# The small-sample factor of Jackson and Riley 2014 where it is asked for, and the quantiles.
factor_of <- switch(interval, "wald" = 1, "hartung-knapp" = network$squares / q_df,
                    "modified-hartung-knapp" = max(1, network$squares / q_df))
upper <- (1 + level) / 2
quantile_of <- if (interval == "wald") qnorm(upper) else qt(upper, q_df)
new_df <- if (is.na(lost)) Inf else q_df + 1 - lost
predicts <- method != "EE" && predicted && q_df >= 2 && new_df >= 1

# The effect of one treatment against another: log HR, SE, interval, prediction interval.
effect <- function(one, other) {
  L <- (treatments[-1] == one) - (treatments[-1] == other)
  mean <- sum(L * network$beta)
  variance <- drop(t(L) %*% network$covariance %*% L)
  se <- sqrt(factor_of * variance)
  spread <- sqrt(tau2 + (if (adjusted) factor_of else 1) * variance)
  pi <- if (predicts) mean + c(-1, 1) * qt(upper, new_df) * spread else c(NA, NA)
  c(log_hr = mean, se = se, ci_low = mean - quantile_of * se, ci_high = mean + quantile_of * se,
    pi_low = pi[1], pi_high = pi[2])
}

cat("\nNetwork, hazard ratios against ", reference, ":\n", sep = "")
against_reference <- t(sapply(treatments[-1], effect, reference))
print(round(exp(against_reference[, c("log_hr", "ci_low", "ci_high", "pi_low", "pi_high"), drop = FALSE]), 3))
cat("tau2 ", tau2, ", Q ", q, " on ", q_df, " df\n", sep = "")

# A second witness: rma.mv with the full covariance. Its search for tau2 stops some six digits from the top.
if (method %in% c("REML", "ML", "EE")) try({
  V <- bldiag(lapply(studies, `[[`, "V"))
  basic <- data.frame(study = unlist(lapply(studies, `[[`, "study")))
  basic$comparison <- seq_len(nrow(basic))
  whole_y <- unlist(lapply(studies, `[[`, "yi"))
  whole_X <- do.call(rbind, lapply(studies, `[[`, "X"))
  witness <- if (method == "EE") rma.mv(whole_y, V, mods = whole_X, intercept = FALSE) else
    rma.mv(whole_y, V, mods = whole_X, intercept = FALSE, random = ~ comparison | study, struct = "CS", rho = 1 / 2,
           method = method, data = basic)
  cat("Largest difference from rma.mv (log HR):", max(abs(witness$beta - network$beta)), "\n")
}, silent = TRUE)

# R's package netmeta, which has nothing to do with the Python package of that name. By DL and for a common effect its
# numbers are the ones above; for REML it takes the comparisons of a study for independent when it estimates tau2, and so
# differs where a study has three arms or more. Its interval is the normal one.
if (requireNamespace("netmeta", quietly = TRUE) && method %in% c("EE", "DL", "REML", "ML")) try({
  print(netmeta::netmeta(TE = comparisons$yi, seTE = comparisons$sei, treat1 = comparisons$experimental,
                         treat2 = comparisons$control, studlab = comparisons$study, sm = "HR",
                         reference.group = reference, common = method == "EE", random = method != "EE",
                         method.tau = if (method == "EE") "DL" else method, level = level, level.ma = level))
})
