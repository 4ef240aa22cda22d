// Everything of nn/.
#pragma once

#include <cairn/nn/activations.h>
#include <cairn/nn/init.h>
#include <cairn/nn/linear.h>
#include <cairn/nn/module.h>
#include <cairn/nn/saving.h>
#include <cairn/nn/sequential.h>
#include <cairn/nn/summary.h>
