// Everything of optim/.
#pragma once

#include <cairn/optim/helpers.h>
#include <cairn/optim/optimizers.h>
#include <cairn/optim/schedule.h>
