#!/usr/bin/env python3
"""An epoch of `cairn train resnet20` in PyTorch, for its time: 50,000 pictures of 32 x 32, cropped and flipped, batch 128.

    python3 torch_epoch.py --threads 2 --channels-last
    cairn train resnet20 --epochs 1 --val-share 0 --json          the other side: `seconds` of its line "epoch"

The pictures are random bytes in memory; a time does not depend on what they show. Augmentation is done on whole batches of tensors:
padded by 4, each picture's window is gathered by index, and half of them are mirrored. ResNet-20 as in section 4.2 of He et al. 2015,
with shortcuts that pad by zeros; SGD with momentum and weight decay, its fused form.
"""
import argparse
import json
import time

import torch
import torch.nn.functional as F
from torch import nn

p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
p.add_argument("--threads", type=int, default=2)
p.add_argument("--steps", type=int, default=391, help="of 128 pictures; 391 are an epoch")
p.add_argument("--channels-last", action="store_true")
p.add_argument("--compile", action="store_true")
p.add_argument("--bf16", action="store_true")
args = p.parse_args()
torch.set_num_threads(args.threads)
torch.manual_seed(0)


class Block(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.stride, self.more = o // i, o - i
        self.conv1, self.norm1 = nn.Conv2d(i, o, 3, self.stride, 1, bias=False), nn.BatchNorm2d(o)
        self.conv2, self.norm2 = nn.Conv2d(o, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o)

    def forward(self, x):
        y = self.norm2(self.conv2(F.relu(self.norm1(self.conv1(x)), inplace=True)))
        if self.more:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.more // 2, self.more // 2))
        return F.relu(y + x, inplace=True)


def resnet20():
    blocks = [Block(i, o) for i, o in [(16, 16)] * 3 + [(16, 32)] + [(32, 32)] * 2 + [(32, 64)] + [(64, 64)] * 2]
    stem = [nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16), nn.ReLU(inplace=True)]
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def augmented(x):
    """[N, 3, 32, 32] bytes to floats: a window of the padded picture, mirrored or not, standardised."""
    n = len(x)
    x = F.pad(x, (4, 4, 4, 4))
    top, left = torch.randint(9, (n, 1)), torch.randint(9, (n, 1))
    columns = torch.arange(32).expand(n, 32)
    columns = torch.where(torch.rand(n, 1) < 0.5, columns, 31 - columns) + left
    rows = torch.arange(32) + top
    x = x[torch.arange(n)[:, None, None], :, rows[:, :, None], columns[:, None, :]]        # [n, 32, 32, 3]
    x = (x.float() - 120.0) / 64.0
    x = x.permute(0, 3, 1, 2)
    return x if args.channels_last else x.contiguous()


model = resnet20()
if args.channels_last:
    model = model.to(memory_format=torch.channels_last)
forward = torch.compile(model) if args.compile else model
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4, fused=True)
pictures = torch.randint(256, (50000, 3, 32, 32), dtype=torch.uint8)
labels = torch.randint(10, (50000,))
order = torch.randperm(50000)


def step(i):
    rows = order[i * 128:(i + 1) * 128]
    optimizer.zero_grad(set_to_none=True)
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
        loss = F.cross_entropy(forward(augmented(pictures[rows])), labels[rows])
    loss.backward()
    optimizer.step()
    return loss


for i in range(3):
    step(i)
begin = time.perf_counter()
for i in range(args.steps):
    loss = step(i)
seconds = time.perf_counter() - begin
print(json.dumps({"workload": "resnet20-epoch", "threads": args.threads, "steps": args.steps, "seconds": seconds,
                  "epoch_seconds": seconds * 391 / args.steps, "loss": float(loss.detach()), "torch": torch.__version__}))
