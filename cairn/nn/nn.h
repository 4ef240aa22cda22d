// Everything of nn/.
#pragma once

#include <cairn/nn/activations.h>
#include <cairn/nn/conv.h>
#include <cairn/nn/image.h>
#include <cairn/nn/inference.h>
#include <cairn/nn/init.h>
#include <cairn/nn/linear.h>
#include <cairn/nn/module.h>
#include <cairn/nn/norm.h>
#include <cairn/nn/pool.h>
#include <cairn/nn/saving.h>
#include <cairn/nn/sequential.h>
#include <cairn/nn/summary.h>
