// The recipes that descend no gradient, from outside: what each verb says of them, and what it cannot.
#include <gtest/gtest.h>

#include <cairn/base/disk.h>
#include <tests/helpers/cli.h>

namespace cairn {
namespace {

class CliRulesSlow : public Cli {
 protected:
  // A run with a name, which is taken the second time.
  static void trains(const Words& words, const Words& parts) {
    SCOPED_TRACE(shown(words));
    const ProcessResult r = cairn(words);
    EXPECT_EQ(r.code, 0) << r.err;
    for (const std::string& part : parts) EXPECT_NE(r.out.find(part), std::string::npos) << "no '" << part << "' in: " << r.out;
  }
  static Json last_event(const ProcessResult& r, const std::string& name) {
    Json found;
    std::istringstream in(r.out);
    for (std::string line; std::getline(in, line);)
      if (const Json event = Json::parse(line); event.at("event") == Json(name)) found = event;
    return found;
  }
};

TEST_F(CliRulesSlow, a_perceptron_trains_or_says_that_xor_cannot_be_learned) {
  accepted({"train", "perceptron"}, {"converged after", "linearly separable", "goal: test_accuracy 1 on iris: reached", "confusion matrix"});
  trains({"train", "perceptron", "--data", "separable", "--name", "sides"}, {"converged after"});
  accepted({"train", "perceptron", "--data", "xor", "--epochs", "20"},
           {"did not converge: stopped after 20 epochs", "XOR is not linearly separable"});
  const ProcessResult r = cairn({"train", "perceptron", "--data", "xor", "--epochs", "20", "--json"});
  const Json end = last_event(r, "end");
  ASSERT_FALSE(end.is_null()) << r.out << r.err;
  EXPECT_FALSE(end.at("converged").as_bool());
  EXPECT_GT(end.at("corrections").as_int(), 20);
  accepted({"recipes", "perceptron"}, {"Rosenblatt", "--positive", "Novikoff"});
  refused({"train", "perceptron", "--positive", "setossa"}, 2, {"--positive", "setosa"});
  refused({"train", "perceptron", "--lr", "1"}, 2, {"--lr"});
}

TEST_F(CliRulesSlow, every_verb_knows_clusters_and_components) {
  trains({"train", "kmeans", "--name", "groups"}, {"every row is judged", "converged after", "purity", "reached"});
  trains({"train", "pca", "--name", "map"}, {"explained variance", "pc1", "reconstruction_error", "reached"});
  accepted({"eval", "groups"}, {"purity", "inertia"});
  accepted({"eval", "map"}, {"explained", "reconstruction_error"});
  accepted({"show", "groups", "curves"}, {});
  refused({"show", "groups", "confusion"}, 2, {"tells no classes apart", "cairn eval groups"});
  EXPECT_TRUE(read_file(*folder / "runs/groups/samples/predictions.csv").starts_with("row,truth,cluster,distance\n"));
  EXPECT_TRUE(read_file(*folder / "runs/map/samples/predictions.csv").starts_with("row,truth,pc1,pc2,error\n"));
  accepted({"runs", "compare", "groups", "map"}, {"kmeans", "pca"});
  accepted({"train", "kmeans", "--data", "t.csv", "--target", "kind", "--clusters", "3"}, {"training examples of each cluster"});
  accepted({"train", "pca", "--data", "t.csv", "--target", "kind", "--components", "1"}, {"pc1"});
  refused({"train", "pca", "--components", "100"}, 2, {"--components", "at most 64"});
  refused({"train", "kmeans", "--clusters", "200"}, 2, {"--clusters", "150"});
}

TEST_F(CliRulesSlow, predict_names_cluster_scores_and_class) {
  trains({"train", "kmeans", "--data", "t.csv", "--target", "kind", "--name", "k"}, {});
  trains({"train", "pca", "--data", "t.csv", "--target", "kind", "--components", "1", "--name", "p"}, {});
  trains({"train", "perceptron", "--data", "t.csv", "--target", "kind", "--epochs", "5", "--name", "c"}, {});
  accepted({"predict", "k", "t.csv"}, {"t.csv row 60:  cluster ", "distance"});
  accepted({"predict", "p", "t.csv"}, {"t.csv row 60:  pc1 "});
  accepted({"predict", "c", "t.csv"}, {"t.csv row 60:  class ", "sum"});
}

TEST_F(CliRulesSlow, a_damaged_run_is_made_again_from_its_checkpoint) {
  for (const char* recipe : {"perceptron", "kmeans", "pca"}) {
    SCOPED_TRACE(recipe);
    const std::string name = std::string("again-") + recipe, file = *folder / ("runs/" + name + "/model.safetensors");
    ASSERT_EQ(cairn({"train", recipe, "--data", "wine", "--name", name}).code, 0);
    const std::string model = read_file(file);
    fs::remove(file);
    const ProcessResult r = cairn({"resume", name});
    EXPECT_EQ(r.code, 0) << r.out << r.err;
    EXPECT_EQ(read_file(file), model);
  }
}

}  // namespace
}  // namespace cairn
