"""The other side of live_torch_test.cpp: trains the nets that a folder describes with PyTorch.

    live_torch.py FOLDER      reads nets.json, data.safetensors and start_I.safetensors; writes torch_I.safetensors (its start, losses, final weights)

Each net: {"model": "lenet" | "resnet" | "vgg_bn"} (tools/golden/nets.py), in double, or {"layers": [{"type": "linear", "in": 3, "out": 5, "bias": true}, {"type": "relu"}, ...], "loss": ..., "optimizer": ..., "start": "cairn" | "torch"}.
"""
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools", "golden"))

import torch
from nets import TRAINED
from safetensors.torch import load_file, save_file
from torch import nn

ACTIVATIONS = {
    "relu": nn.ReLU, "leaky_relu": lambda: nn.LeakyReLU(0.02), "elu": lambda: nn.ELU(0.7), "gelu": nn.GELU, "gelu_tanh": lambda: nn.GELU(approximate="tanh"),
    "silu": nn.SiLU, "tanh": nn.Tanh, "sigmoid": nn.Sigmoid, "softplus": lambda: nn.Softplus(1.5),
}
LOSSES = {
    "mse": nn.MSELoss(), "l1": nn.L1Loss(), "huber": nn.HuberLoss(delta=0.8), "bce_with_logits": nn.BCEWithLogitsLoss(),
    "cross_entropy": nn.CrossEntropyLoss(), "smoothed_cross_entropy": nn.CrossEntropyLoss(label_smoothing=0.1),
    "nll": lambda y, t: nn.functional.nll_loss(nn.functional.log_softmax(y, 1), t),
    "kl_div": lambda y, t: nn.functional.kl_div(nn.functional.log_softmax(y, 1), t),
}
OPTIMIZERS = {
    "sgd": lambda p: torch.optim.SGD(p, lr=0.05), "nesterov": lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.01),
    "adam": lambda p: torch.optim.Adam(p, lr=2e-3, eps=1e-4), "adamw": lambda p: torch.optim.AdamW(p, lr=2e-3, eps=1e-4, weight_decay=0.05),
    "nadam": lambda p: torch.optim.NAdam(p, lr=2e-3, eps=1e-4), "rmsprop": lambda p: torch.optim.RMSprop(p, lr=1e-3, eps=1e-4, momentum=0.5),
    "adagrad": lambda p: torch.optim.Adagrad(p, lr=1e-2, eps=1e-4),
}


def layer(spec):
    if spec["type"] == "linear":
        return nn.Linear(spec["in"], spec["out"], bias=spec["bias"])
    return ACTIVATIONS[spec["type"]]()


def main(folder):
    torch.set_num_threads(1)
    data = load_file(f"{folder}/data.safetensors")
    for i, spec in enumerate(json.load(open(f"{folder}/nets.json"))):
        net = TRAINED[spec["model"]][0]().double() if "model" in spec else nn.Sequential(*map(layer, spec["layers"]))
        if spec["start"] == "cairn":
            missing, unexpected = net.load_state_dict(load_file(f"{folder}/start_{i}.safetensors"), strict=False)
            assert not unexpected and all(name.endswith("num_batches_tracked") for name in missing), (missing, unexpected)
        result = {f"start.{k}": v.detach().clone() for k, v in net.state_dict().items()}
        optimizer, loss_of = OPTIMIZERS[spec["optimizer"]](net.parameters()), LOSSES[spec["loss"]]
        losses = []
        for x, target in zip(data[f"{i}.x"], data[f"{i}.target"]):
            loss = loss_of(net(x.double() if "model" in spec else x), target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.detach())
        result["loss"] = torch.stack(losses)
        result.update({f"final.{k}": v.detach().clone() for k, v in net.state_dict().items()})
        save_file(result, f"{folder}/torch_{i}.safetensors")


main(sys.argv[1])
