// Everything of data/.
#pragma once

#include <cairn/data/batch.h>
#include <cairn/data/dataset.h>
#include <cairn/data/decoded_cache.h>
#include <cairn/data/encoders.h>
#include <cairn/data/image_folder.h>
#include <cairn/data/loader.h>
#include <cairn/data/registry.h>
#include <cairn/data/sampler.h>
#include <cairn/data/tensor_dataset.h>
#include <cairn/data/transforms/transforms.h>
