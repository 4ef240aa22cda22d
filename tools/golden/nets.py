"""Nets in plain torch with the structure and the names that torchvision and timm give theirs (LeNet and the small CNNs: cairn/models').

make_models.py and make_training.py make golden files of them; tests/live_torch.py trains them beside Cairn.
"""
import torch.nn as nn
import torch.nn.functional as F


def conv_bn(i, o, k, s=1, p=0):
    return nn.Conv2d(i, o, k, s, p, bias=False), nn.BatchNorm2d(o)


# ---- ResNet, with torchvision's names
class Pad(nn.Module):
    """Every second pixel, and half of the new channels as zeros before the old ones, half behind."""

    def __init__(self, new):
        super().__init__()
        self.new = new

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.new // 2, self.new - self.new // 2))


class Basic(nn.Module):
    grows = 1

    def __init__(self, i, maps, s, pad):
        super().__init__()
        self.conv1, self.bn1 = conv_bn(i, maps, 3, s, 1)
        self.conv2, self.bn2 = conv_bn(maps, maps, 3, 1, 1)
        self.downsample = shortcut(i, maps, s, pad)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (self.downsample(x) if self.downsample else x))


class Bottle(nn.Module):
    grows = 4

    def __init__(self, i, maps, s, pad):
        super().__init__()
        self.conv1, self.bn1 = conv_bn(i, maps, 1)
        self.conv2, self.bn2 = conv_bn(maps, maps, 3, s, 1)
        self.conv3, self.bn3 = conv_bn(maps, 4 * maps, 1)
        self.downsample = shortcut(i, 4 * maps, s, pad)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (self.downsample(x) if self.downsample else x))


def shortcut(i, o, s, pad):
    if i == o and s == 1:
        return None
    return Pad(o - i) if pad else nn.Sequential(*conv_bn(i, o, 1, s))


class ResNet(nn.Module):
    def __init__(self, block, depths, width=64, classes=1000, cifar=False, pad=False):
        super().__init__()
        self.cifar, self.stages = cifar, len(depths)
        self.conv1, self.bn1 = conv_bn(3, width, *((3, 1, 1) if cifar else (7, 2, 3)))
        i = width
        for stage, depth in enumerate(depths):
            blocks = []
            for n in range(depth):
                blocks.append(block(i, width << stage, 2 if stage and not n else 1, pad))
                i = (width << stage) * block.grows
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(i, classes)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        if not self.cifar:
            y = F.max_pool2d(y, 3, 2, 1)
        for stage in range(self.stages):
            y = getattr(self, f"layer{stage + 1}")(y)
        return self.fc(y.mean((2, 3)))


# ---- AlexNet and VGG: features, pool, classifier
class Features(nn.Module):
    def __init__(self, features, size, classifier):
        super().__init__()
        self.features, self.size, self.classifier = features, size, classifier

    def forward(self, x):
        return self.classifier(F.adaptive_avg_pool2d(self.features(x), self.size).flatten(1))


def alexnet(w=64, hidden=4096, classes=1000, small=False):
    pool = (lambda: nn.MaxPool2d(2)) if small else (lambda: nn.MaxPool2d(3, 2))
    first = nn.Conv2d(3, w, 3, 2, 1) if small else nn.Conv2d(3, w, 11, 4, 2)
    side = 2 if small else 6
    features = nn.Sequential(first, nn.ReLU(), pool(), nn.Conv2d(w, 3 * w, 5, padding=2), nn.ReLU(), pool(), nn.Conv2d(3 * w, 6 * w, 3, padding=1),
                             nn.ReLU(), nn.Conv2d(6 * w, 4 * w, 3, padding=1), nn.ReLU(), nn.Conv2d(4 * w, 4 * w, 3, padding=1), nn.ReLU(), pool())
    classifier = nn.Sequential(nn.Dropout(), nn.Linear(4 * w * side * side, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU(),
                               nn.Linear(hidden, classes))
    return Features(features, side, classifier)


def vgg(depths, bn=False, w=64, hidden=4096, classes=1000, small=False):
    layers, i = [], 3
    for stage, depth in enumerate(depths):
        o = w << min(stage, 3)
        for _ in range(depth):
            layers += [nn.Conv2d(i, o, 3, padding=1)] + ([nn.BatchNorm2d(o)] if bn else []) + [nn.ReLU()]
            i = o
        layers.append(nn.MaxPool2d(2))
    if small:
        return Features(nn.Sequential(*layers), 1, nn.Sequential(nn.Linear(i, classes)))
    classifier = nn.Sequential(nn.Linear(i * 49, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, hidden), nn.ReLU(), nn.Dropout(),
                               nn.Linear(hidden, classes))
    return Features(nn.Sequential(*layers), 7, classifier)


class TimmVGG(nn.Module):
    """timm's: the two hidden Linear layers are convolutions."""

    def __init__(self, depths, bn=False, w=64, hidden=4096, classes=1000):
        super().__init__()
        self.features = vgg(depths, bn, w, hidden, classes).features
        self.pre_logits = nn.Module()
        self.pre_logits.fc1 = nn.Conv2d(8 * w, hidden, 7)
        self.pre_logits.fc2 = nn.Conv2d(hidden, hidden, 1)
        self.head = nn.Module()
        self.head.fc = nn.Linear(hidden, classes)

    def forward(self, x):
        y = F.adaptive_avg_pool2d(self.features(x), 7)
        y = F.relu(self.pre_logits.fc2(F.relu(self.pre_logits.fc1(y))))
        return self.head.fc(y.flatten(1))


# ---- MobileNetV2
TABLE = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]


def eights(v):
    n = max(8, int(v + 4) // 8 * 8)
    return n + 8 if n < 0.9 * v else n


def cbr(i, o, k, s=1, g=1):
    return nn.Sequential(nn.Conv2d(i, o, k, s, (k - 1) // 2, groups=g, bias=False), nn.BatchNorm2d(o), nn.ReLU6())


class Inverted(nn.Module):
    def __init__(self, i, o, s, t):
        super().__init__()
        self.skip = s == 1 and i == o
        self.conv = nn.Sequential(*([cbr(i, i * t, 1)] if t != 1 else []), cbr(i * t, i * t, 3, s, i * t), *conv_bn(i * t, o, 1))

    def forward(self, x):
        return x + self.conv(x) if self.skip else self.conv(x)


class MobileNetV2(nn.Module):
    def __init__(self, width=1.0, last=1280, classes=1000):
        super().__init__()
        i = eights(32 * width)
        layers = [cbr(3, i, 3, 2)]
        for t, c, n, s in TABLE:
            for j in range(n):
                o = eights(c * width)
                layers.append(Inverted(i, o, s if not j else 1, t))
                i = o
        last = eights(last * max(1.0, width))
        layers.append(cbr(i, last, 1))
        self.features, self.classifier = nn.Sequential(*layers), nn.Sequential(nn.Dropout(0.2), nn.Linear(last, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class TimmSeparable(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.skip = i == o
        self.conv_dw, self.bn1 = nn.Conv2d(i, i, 3, 1, 1, groups=i, bias=False), nn.BatchNorm2d(i)
        self.conv_pw, self.bn2 = conv_bn(i, o, 1)

    def forward(self, x):
        y = self.bn2(self.conv_pw(F.relu6(self.bn1(self.conv_dw(x)))))
        return x + y if self.skip else y


class TimmInverted(nn.Module):
    def __init__(self, i, o, s, t):
        super().__init__()
        self.skip = s == 1 and i == o
        self.conv_pw, self.bn1 = conv_bn(i, i * t, 1)
        self.conv_dw, self.bn2 = nn.Conv2d(i * t, i * t, 3, s, 1, groups=i * t, bias=False), nn.BatchNorm2d(i * t)
        self.conv_pwl, self.bn3 = conv_bn(i * t, o, 1)

    def forward(self, x):
        y = F.relu6(self.bn2(self.conv_dw(F.relu6(self.bn1(self.conv_pw(x))))))
        y = self.bn3(self.conv_pwl(y))
        return x + y if self.skip else y


class TimmMobileNetV2(nn.Module):
    def __init__(self, width=1.0, last=1280, classes=1000):
        super().__init__()
        i = eights(32 * width)
        self.conv_stem, self.bn1 = conv_bn(3, i, 3, 2, 1)
        stages = []
        for t, c, n, s in TABLE:
            blocks = []
            for j in range(n):
                o = eights(c * width)
                blocks.append(TimmSeparable(i, o) if t == 1 else TimmInverted(i, o, s if not j else 1, t))
                i = o
            stages.append(nn.Sequential(*blocks))
        self.blocks = nn.Sequential(*stages)
        self.conv_head, self.bn2 = conv_bn(i, last, 1)
        self.classifier = nn.Linear(last, classes)

    def forward(self, x):
        y = self.blocks(F.relu6(self.bn1(self.conv_stem(x))))
        return self.classifier(F.relu6(self.bn2(self.conv_head(y))).mean((2, 3)))


# ---- LeNet-5, and three small CNNs from well-known examples, for images of 8 or 12 pixels a side
class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).flatten(1)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


def convnet(classes=5):      # 12 x 12
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                         nn.Dropout(0.5), nn.Linear(64, classes))


def mnist_cnn(classes=5):    # 8 x 8
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(),
                         nn.Linear(256, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, classes))


def cifar_cnn(classes=5):    # 12 x 12
    return nn.Sequential(nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25),
                         nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(),
                         nn.Linear(64, 512), nn.ReLU(), nn.Dropout(0.5), nn.Linear(512, classes))


# ---- what is trained for ten steps, by golden file and live: name -> (net without dropout, shape of an image, classes)
def small_resnet():
    return ResNet(Basic, [1, 1], 16, 10, cifar=True)


def small_vgg():
    return vgg([1, 1, 2], bn=True, w=16, classes=10, small=True)


TRAINED = {"lenet": (LeNet, (1, 28, 28)), "resnet": (small_resnet, (3, 16, 16)), "vgg_bn": (small_vgg, (3, 16, 16))}
