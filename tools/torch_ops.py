#!/usr/bin/env python3
"""Times single PyTorch operations for `cairn bench --ops`.

    python3 torch_ops.py --threads 2 '[{"run": "a + b", "inputs": [{"shape": [64, 128], "below": 0}, ...]}, ...]'

Prints a JSON list: microseconds of each case, the fastest of many batches. Inputs are uniform numbers in [0.1, 1), or whole
numbers below `below`. optimizer(Kind, a, ...) stands for one fused step of an optimiser that owns `a`.
"""
import argparse
import json
import sys
import time

try:
    import torch
    import torch.nn.functional as F
except ImportError:
    sys.exit(3)


def optimizer(kind, values, **options):
    p = torch.nn.Parameter(values.clone())
    p.grad = values.clone()
    return kind([p], fused=True, **options).step


def best_microseconds(call, budget=0.1):
    call()
    start = time.perf_counter()
    call()
    one = max(time.perf_counter() - start, 1e-9)
    calls = min(max(int(20e-6 / one), 1), 10000)
    best, end, batches = float("inf"), time.perf_counter() + budget, 0
    while batches < 3 or time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(calls):
            call()
        best = min(best, (time.perf_counter() - start) / calls)
        batches += 1
    return best * 1e6


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("cases")
    args = p.parse_args()
    torch.set_num_threads(args.threads)
    times = []
    for case in json.loads(args.cases):
        names = {"torch": torch, "F": F, "optimizer": optimizer}
        for name, spec in zip("abc", case["inputs"]):
            shape = spec["shape"]
            names[name] = torch.randint(spec["below"], shape) if spec["below"] else 0.9 * torch.rand(shape) + 0.1
        if case["run"].startswith("optimizer("):
            call = eval(case["run"], names)
            times.append(best_microseconds(call))
        else:
            with torch.no_grad():
                times.append(best_microseconds(eval("lambda: " + case["run"], names)))
    print(json.dumps(times))


if __name__ == "__main__":
    main()
