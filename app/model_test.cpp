// `cairn model` from outside.
#include <tests/helpers/cli.h>

namespace cairn {
namespace {

class CliModel : public Cli {  // without the trained runs of the others
 protected:
  static void SetUpTestSuite() {
    folder = new TempFolder;
    options.folder = folder->path();
  }
  static Json event(Words words) {
    words.insert(words.begin(), "model");
    words.push_back("--json");
    const ProcessResult r = cairn(words);
    EXPECT_EQ(r.code, 0) << r.out << r.err;
    return r.code == 0 ? Json::parse(r.out) : Json::object();
  }
};

TEST_F(CliModel, AloneListsAllModels) {
  accepted({"model"}, {"lenet", "resnet20", "vgg19_bn", "mobilenet_v2", "61.7 k", "143.7 M", "3x224x224", "He et al. 2015"});
  accepted({"model", "--help"}, {"usage: cairn model [NAME]", "--input", "--classes"});
}

TEST_F(CliModel, ShowsOneLayerByLayer) {
  accepted({"model", "resnet18"}, {"layer4: Sequential", "parameters 11,689,512 (44.6 MiB)", "3.63 G FLOPs", "435x435", "downsample", "512x7x7"});
  accepted({"model", "lenet", "--input", "1x32x32", "--classes", "5"}, {"conv2: Conv2d(6 -> 16, kernel 5)", "16x12x12", "84 -> 5"});
  const Json e = event({"resnet20", "--input", "3x64x48", "--classes", "100"});
  EXPECT_EQ(e.at("event").as_string(), "model");
  EXPECT_EQ(e.at("name").as_string(), "resnet20");
  EXPECT_EQ(e.at("parameters").as_int(), 269'722 + 90 * 65);
  EXPECT_EQ(e.at("input"), Json::parse("[3, 64, 48]"));
  EXPECT_EQ(e.at("classes").as_int(), 100);
  EXPECT_EQ(e.at("layers").as_array().back().at("output"), Json::parse("[100]"));
}

TEST_F(CliModel, ShowsTheLargestWithoutHoldingIt) {
  // 574 MB of weights, none of which is touched.
  const ProcessResult r = cairn({"model", "vgg19"});
  EXPECT_EQ(r.code, 0) << r.err;
  EXPECT_NE(r.out.find("parameters 143,667,240 (548.0 MiB)"), std::string::npos) << r.out;
}

TEST_F(CliModel, SaysWhatIsWrong) {
  refused({"model", "resnt18"}, 2, {"there is no model 'resnt18'. Did you mean 'resnet18'?", "`cairn model`"});
  refused({"model", "vgg16", "--input", "3x21x21"}, 1,
          {"an image of 3x21x21 ends at features.30, MaxPool2d(2), which is given [1, 512, 1, 1]", "Hint: vgg16 takes images from 32x32 on."});
  refused({"model", "vgg16", "--input", "3x21x402"}, 1, {"Hint: vgg16 takes images from 32x32 on."});
  refused({"model", "lenet", "--input", "big"}, 2, {"'big'", "3x224x224"});
  refused({"model", "lenet", "--input", "1x28x0"}, 2, {"3x224x224"});
  refused({"model", "lenet", "--classes", "-1"}, 2, {"--classes"});
  refused({"model", "lenet", "resnet18"}, 2, {"resnet18"});
  refused({"model", "resnet18", "--inptu", "3x32x32"}, 2, {"--input"});
}

}  // namespace
}  // namespace cairn
