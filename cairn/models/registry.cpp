#include <cairn/models/registry.h>

#include <algorithm>

#include <fmt/format.h>

#include <cairn/autograd/modes.h>
#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <cairn/models/shapes_only.h>
#include <cairn/tensor/tensor.h>

namespace cairn {

std::string ModelInput::str() const { return std::to_string(channels) + "x" + std::to_string(height) + "x" + std::to_string(width); }

const ModelInfo& model_named(const std::string& name) {
  std::string wanted = name;
  std::replace(wanted.begin(), wanted.end(), '-', '_');
  std::vector<std::string> names;
  for (const ModelInfo* m : all_models()) {
    if (wanted == m->name) return *m;
    names.push_back(m->name);
  }
  const std::string near = nearest(wanted, names);
  throw UsageError("there is no model '" + printable(name) + "'." + (near.empty() ? "" : " Did you mean '" + near + "'?") +
                   "\nHint: `cairn model` lists them.");
}

ModelInput parse_model_input(const std::string& text) {
  std::vector<int64_t> sizes;
  for (const std::string& part : split(text, 'x')) {
    int64_t n = 0;
    if (!parse_int(part, n) || n < 1 || n > 65536) sizes.assign(4, 0);
    sizes.push_back(n);
  }
  if (sizes.size() > 3 || sizes.empty())
    throw ConfigError("the input is '" + printable(text) +
                      "', which is no size of an image. Hint: channels x height x width, each from 1 to 65536: 3x224x224.");
  if (sizes.size() == 1) sizes.push_back(sizes[0]);
  if (sizes.size() == 2) sizes.insert(sizes.begin(), 3);
  return {sizes[0], sizes[1], sizes[2]};
}

namespace {

bool takes(const MakeModel& make, ModelInput input, int64_t size) {
  input.height = input.width = size;
  try {
    NoGrad no_grad;
    const std::shared_ptr<Module> model = make(input);
    model->eval();
    model->apply(empty({1, input.channels, size, size}));
    return true;
  } catch (const ShapeError&) { return false; }
}

}  // namespace

int64_t smallest_image(const MakeModel& make, ModelInput input) {
  ShapesOnly shapes;
  int64_t low = 0, high = 1024;  // takes(low) is false, takes(high) true
  if (!takes(make, input, high)) return 0;
  while (high - low > 1) {
    const int64_t middle = (low + high) / 2;
    (takes(make, input, middle) ? high : low) = middle;
  }
  return high;
}

std::string too_small_text(const std::string& what, const std::string& name, const MakeModel& make, const ModelInput& input,
                           const std::function<std::string(int64_t least)>& advice) {
  const int64_t least = smallest_image(make, input);
  if (least == 0 || (input.height >= least && input.width >= least)) return what;
  return fmt::format("{}\nHint: {} takes images from {}x{} on{}.", what.substr(0, what.find("\nHint: ")), name, least, least,
                     advice ? ": " + advice(least) : "");
}

}  // namespace cairn
