#!/usr/bin/env python3
"""Ten steps of training in PyTorch from given weights: training.safetensors, read by cairn/models/training_golden_test.cpp.

Weights and images are numbers of bf16, so that the file is small; PyTorch computes in double, so that its own rounding is no part of what is
expected. A case: state (at the start), x [2, batch, ...], y [2, batch] (the batches take turns, so that the losses fall), loss [steps], logits (of
the first batch, in evaluation, after the last step).
"""
import torch
import torch.nn as nn

from golden import Golden
from nets import TRAINED

STEPS, BATCHES, BATCH = 10, 2, 16
torch.manual_seed(20245)
golden = Golden("ten steps of training: state at the start and images (bf16), labels, the loss of each step, logits of the first batch afterwards")


def rounded(t):
    return t.bfloat16().double()


def momentum_sgd(parameters):
    return torch.optim.SGD(parameters, lr=0.05, momentum=0.9, weight_decay=5e-4)


def adam(parameters):
    return torch.optim.Adam(parameters, lr=1e-3)


for name, optimizer_of in (("lenet", adam), ("resnet", momentum_sgd), ("vgg_bn", momentum_sgd)):
    make, picture = TRAINED[name]
    net = make().double()
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(rounded(p))
    start = {k: v.clone() for k, v in net.state_dict().items() if not k.endswith("num_batches_tracked")}
    x, y = rounded(torch.randn(BATCHES, BATCH, *picture)), torch.randint(10, (BATCHES, BATCH))
    optimizer, losses = optimizer_of(net.parameters()), []
    for step in range(STEPS):
        loss = nn.functional.cross_entropy(net(x[step % BATCHES]), y[step % BATCHES])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.detach())
    number = len(golden.cases)
    golden.add({"model": name, "optimizer": optimizer_of.__name__}, x=x.bfloat16(), y=y.to(torch.uint8), loss=torch.stack(losses),
               logits=net.eval()(x[0]).detach())
    for key, value in start.items():
        golden.tensors[f"{number}.state.{key}"] = value.bfloat16()
    print(name, sum(v.numel() for v in start.values()), "values, losses", [round(float(v), 4) for v in losses])
golden.save("training.safetensors")
