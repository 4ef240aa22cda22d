// All metrics: include this, or the family you need.
#pragma once

#include <cairn/metrics/classification.h>
#include <cairn/metrics/probability.h>
#include <cairn/metrics/ranking.h>
#include <cairn/metrics/regression.h>
