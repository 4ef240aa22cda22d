// Picture data sets as recipes take them: read, split, normalised.
#pragma once

#include <recipes/recipe.h>

namespace cairn {

bool is_pictures(const std::string& data);  // a name of the catalogue whose examples are pictures

struct PicturesOptions {
  std::vector<int64_t> classes = {};  // keep only these labels, renumbered in this order
  std::string class_names = {};       // the same by their names, with commas between them; ConfigError for one that the data do not have
  int64_t per_class = 0;              // train on so many of each class, the same ones for every seed; 0: all
  std::string network = "this network", advice = "choose other --data, or another recipe";  // as network_for() has them
};
// Train, validation (a stratified share of the training split) and test of a data set, and the recipe's model for it. Training pictures
// go through the recipe's augmentation; the others do not. ConfigError unless `data` is a data set of pictures.
Setup pictures_setup(const std::string& data, Recipe& recipe, const PicturesOptions& options = {});
// The recipe's model, through which one picture is sent: before a run's folder is made, and before many pictures are decoded. ShapeError where
// they are too small for it, which says from which size on `network` takes them, and what to change by advice(size).
std::shared_ptr<Module> network_for(Recipe& recipe, const Features& features, const std::string& network,
                                    const std::function<std::string(int64_t least)>& advice);
// What a network needs to know of a data set's pictures: their size, classes and statistics.
Features features_of_pictures(const Labelled& train);

// Ways to vary training pictures, by name: "none", "flip", "crop", "crop-flip", "crop-flip-cutout", "rand", "trivial".
std::vector<std::string> augmentation_names();
// The pipeline of that name for pictures of this size, Normalize included; no steps for "none". ConfigError for another name.
transforms::Compose augmentation_named(const std::string& name, const Features& features);

// Mixtures of two training pictures of a batch, labels included (cairn/data/transforms/mix.h); tests see pictures as they are.
struct MixOptions {
  std::string mix = "none";
  double mix_alpha = 1;
  void fields(Fields& f);
  void apply(Setup& setup) const;  // setup.train hands out mixed batches, whose labels are shares
};

// What recipes that learn from pictures share: the data field, how pictures are varied, and the Trainer's options, in this order around
// the model's own fields.
struct PictureRecipe : Recipe {
  std::string data, classes, augment;
  MixOptions mix;
  PictureRecipe(std::string data, std::string augment, const char* sets) : data(std::move(data)), augment(std::move(augment)), sets_(sets) {}

  void fields(Fields& f) final;
  std::string data_name() const override { return data; }
  bool goal_applies() const override { return classes.empty() && Recipe::goal_applies(); }
  Setup setup() override;
  transforms::Compose augmentation(const Features& f) const override { return augmentation_named(augment, f); }

 protected:
  virtual void model_fields(Fields&) {}

 private:
  const char* sets_;  // what `data` may be, in words
};

// The first `limit` of a fixed random order of the data; all of it when limit is 0.
std::shared_ptr<Dataset> limited(std::shared_ptr<Dataset> data, int64_t limit);
// SHA-256 of the files that a data set was read from, for environment.json: {"mnist/t10k-labels-idx1-ubyte.gz": "...", ...}. A file has
// its name in the catalogue; one that stands in for those has its folder's, too ("cifar10/from-jpeg/test.bin").
Json data_checksums(const DatasetInfo& info, const std::vector<std::string>& files);

}  // namespace cairn
