"""Writes tests/golden/metrics.json: predictions, targets and what scikit-learn makes of them.

Every case has "prediction" (scores [n] or [n, C]) and "target"; the calibration error, which scikit-learn lacks, is the formula in NumPy.
"""
import json
import os

import numpy as np
import sklearn
from sklearn import metrics as sk

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "golden")
rng = np.random.default_rng(20250101)


def softmax(x):
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def calibration(p, t, bins):
    confidence, right = p.max(axis=1), p.argmax(axis=1) == t
    bin_of = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    gaps = [abs(right[bin_of == b].mean() - confidence[bin_of == b].mean()) * (bin_of == b).sum() for b in range(bins) if (bin_of == b).any()]
    return float(np.sum(gaps) / len(t))


def averages(t, chosen, kinds):
    out = {}
    for kind in kinds:
        p, r, f, _ = sk.precision_recall_fscore_support(t, chosen, average=kind, zero_division=0)
        out[kind] = [p, r, f]
    return out


def multiclass(name, n, classes, absent=()):
    logits = np.round(rng.normal(size=(n, classes)), 4)
    t = rng.integers(0, classes, n)
    for i in range(0, n, 2):
        logits[i, t[i]] += 1.5
    for c in absent:                                     # neither truth nor prediction
        logits[:, c] = -9
        t[t == c] = (c + 1) % classes
    p, chosen, every = softmax(logits), logits.argmax(axis=1), list(range(classes))
    precision, recall, f1, support = sk.precision_recall_fscore_support(t, chosen, labels=every, zero_division=0)
    return {
        "name": name, "classes": classes, "prediction": logits.tolist(), "target": t.tolist(),
        "accuracy": sk.accuracy_score(t, chosen),
        "top_k": {str(k): sk.top_k_accuracy_score(t, logits, k=k, labels=every) for k in (1, 2, 3) if classes > 2},
        "confusion": sk.confusion_matrix(t, chosen, labels=every).tolist(),
        "of_class": np.stack([precision, recall, f1, support], axis=1).tolist(),
        "averages": averages(t, chosen, ("macro", "micro", "weighted")),
        "log_loss": sk.log_loss(t, p, labels=every),
        "calibration": {str(b): calibration(p, t, b) for b in (1, 10, 15)},
    }


def binary(name, n, decimals):
    t = rng.integers(0, 2, n)
    p = np.round(np.clip(0.5 + 0.2 * (2 * t - 1) + rng.normal(size=n) * 0.25, 0, 1), decimals)
    fpr, tpr, thresholds = sk.roc_curve(t, p, drop_intermediate=False)
    chosen = (p > 0.5).astype(int)
    return {
        "name": name, "prediction": p.tolist(), "target": t.tolist(),
        "accuracy": sk.accuracy_score(t, chosen),
        "averages": averages(t, chosen, ("binary", "macro", "micro", "weighted")),
        "auc": sk.roc_auc_score(t, p),
        "curve": np.stack([thresholds, fpr, tpr], axis=1)[1:].tolist(),
        "average_precision": sk.average_precision_score(t, p),
        "log_loss": sk.log_loss(t, p),
        "calibration": {str(b): calibration(np.stack([1 - p, p], axis=1), t, b) for b in (10, 15)},
    }


def regression(name, n, outputs, offset):
    t = np.round(rng.normal(size=(n, outputs)) * 3, 3) + offset
    p = np.round(t + rng.normal(size=(n, outputs)), 3)
    return {
        "name": name, "outputs": outputs, "prediction": p.tolist(), "target": t.tolist(),
        "rmse": float(np.sqrt(sk.mean_squared_error(t.ravel(), p.ravel()))),
        "mae": sk.mean_absolute_error(t.ravel(), p.ravel()),
        "r2": sk.r2_score(t, p),
    }


golden = {
    "what": "scores and targets, and their metrics by scikit-learn (tools/golden/make_metrics.py)",
    "sklearn": sklearn.__version__,
    "multiclass": [multiclass("two classes", 15, 2), multiclass("five classes", 60, 5), multiclass("classes that do not occur", 25, 6, (2, 5))],
    "binary": [binary("distinct scores", 40, 6), binary("many ties", 50, 1), binary("certain and wrong", 12, 0)],
    "regression": [regression("one output", 30, 1, 0.0), regression("three outputs", 20, 3, 0.0), regression("far from zero", 25, 1, 1e6)],
}
path = os.path.join(FOLDER, "metrics.json")
with open(path, "w") as f:
    for key, value in golden.items():                    # one case a line
        f.write("{" if key == "what" else ",\n")
        f.write(json.dumps(key) + ": ")
        if isinstance(value, list):
            f.write("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in value) + "\n]")
        else:
            f.write(json.dumps(value))
    f.write("}\n")
print(f"{path}: {os.path.getsize(path)} bytes")
