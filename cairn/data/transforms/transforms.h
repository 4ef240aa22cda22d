// Everything of data/transforms/.
#pragma once

#include <cairn/data/transforms/colours.h>
#include <cairn/data/transforms/compose.h>
#include <cairn/data/transforms/crops.h>
#include <cairn/data/transforms/mix.h>
#include <cairn/data/transforms/picture_dataset.h>
#include <cairn/data/transforms/policies.h>
