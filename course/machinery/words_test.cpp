#include <course/machinery/words.h>

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cairn/base/errors.h>
#include <cairn/base/text.h>
#include <course/machinery/catalog.h>
#include <tests/helpers/temp_folder.h>

namespace cairn::course {

namespace {

std::vector<std::string> term_names(const std::vector<const Term*>& terms) {
  std::vector<std::string> list;
  for (const Term* t : terms) list.push_back(t->name);
  return list;
}

}  // namespace

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(Glossary, every_term_of_the_written_phases_and_of_the_roadmap_is_there) {
  std::set<std::string> there;
  for (const Term& t : glossary()) there.insert(t.name);
  for (const Lesson& l : catalog().lessons)
    if (l.phase == "W" || l.phase == "A")
      for (const std::string& term : l.terms) EXPECT_TRUE(there.contains(term)) << l.id << ": " << term;
  for (const char* term : {"epoch", "batch size", "learning rate", "overfitting", "transfer learning", "fine-tuning", "self-supervised learning",
                           "tokenization", "attention"})
    EXPECT_TRUE(there.contains(term)) << term;
  EXPECT_GE(there.size(), 129u);
}

// Those that stand in bold where a lesson explains them. Bold are headings and stressed words, too, so that no script can tell.
TEST(Glossary, the_words_that_lessons_explain_in_bold_are_there) {
  for (const char* word : {"remainder",
                           "dangles",
                           "struct",
                           "members",
                           "captures",
                           "linker",
                           "headers",
                           "commit",
                           "git",
                           "axes",
                           "transposed",
                           "view",
                           "stratified",
                           "histogram",
                           "matrix",
                           "nearest neighbour",
                           "standard deviation",
                           "dot product",
                           "macro",
                           "singular value",
                           "Gaussian",
                           "power iteration",
                           "independent",
                           "Bayes' rule",
                           "partial derivative",
                           "determinant",
                           "closed form",
                           "curvature",
                           "threshold",
                           "centres",
                           "normal equations",
                           "false alarms",
                           "covariance matrix",
                           "misses",
                           "hits",
                           "harmonic mean",
                           "micro",
                           "folds",
                           "bootstrap",
                           "false alarm rate"}) {
    const auto found = find_terms(glossary(), word);
    ASSERT_FALSE(found.empty()) << word;
    const auto is_word = [&](std::string name) {
      const std::string typed = word;
      return lower(name) == lower(typed) || lower(name) + "s" == lower(typed) || lower(name) + "es" == lower(typed);
    };
    bool exact = is_word(found[0]->name);
    for (const std::string& s : found[0]->synonyms) exact |= is_word(s);
    EXPECT_TRUE(exact) << word << " finds " << found[0]->name;
  }
  for (const char* name : {"AUC", "ROC curve", "accuracy", "principal component analysis"})
    EXPECT_NE(find_terms(glossary(), name)[0]->formula, "") << name;
}

TEST(Glossary, another_ending_and_a_missing_letter_find_the_term) {
  EXPECT_THAT(term_names(find_terms(glossary(), "standardise")), ElementsAre("standardisation"));
  EXPECT_THAT(term_names(find_terms(glossary(), "standardizing")), ElementsAre("standardisation"));
  EXPECT_THAT(term_names(find_terms(glossary(), "regularised")), ElementsAre("regularisation"));
  EXPECT_THAT(term_names(find_terms(glossary(), "baysian")), ElementsAre("Bayes rule"));
}

TEST(Glossary, every_term_names_a_lesson_of_the_road) {
  for (const Term& t : glossary()) EXPECT_NE(catalog().find_lesson(t.lesson), nullptr) << t.name;
}

TEST(Glossary, a_term_is_found_by_name_synonym_beginning_and_with_a_letter_wrong) {
  EXPECT_THAT(term_names(find_terms(glossary(), "ReLU")), ElementsAre("ReLU"));
  EXPECT_THAT(term_names(find_terms(glossary(), "relu")), ElementsAre("ReLU"));
  EXPECT_THAT(term_names(find_terms(glossary(), "SVD")), ElementsAre("singular value decomposition"));
  EXPECT_THAT(term_names(find_terms(glossary(), "regularization")), ElementsAre("regularisation"));
  EXPECT_THAT(term_names(find_terms(glossary(), "tensors")), ElementsAre("tensor"));
  EXPECT_THAT(term_names(find_terms(glossary(), "jakobian")), Contains("Jacobian"));
  EXPECT_THAT(term_names(find_terms(glossary(), "gradient")), ElementsAre("gradient"));
  EXPECT_TRUE(find_terms(glossary(), "xyzzy").empty());
  EXPECT_TRUE(find_terms(glossary(), "").empty());
}

TEST(Glossary, a_term_that_is_there_twice_is_an_error_with_its_line) {
  TempFolder folder;
  const std::string file = folder.put(
      "g.toml", "[[term]]\nname = \"a\"\ntext = \"A. B.\"\nlesson = \"A01\"\n\n[[term]]\nname = \"A\"\ntext = \"A. B.\"\nlesson = \"A01\"\n");
  try {
    load_glossary(file);
    FAIL();
  } catch (const FileError& e) {
    EXPECT_THAT(e.what(), HasSubstr("line 6"));
    EXPECT_THAT(e.what(), HasSubstr("twice"));
  }
}

TEST(Resources, each_says_when_to_use_it) {
  std::set<std::string> kinds;
  for (const Resource& r : resources()) {
    EXPECT_GT(r.when.size(), 20u) << r.name;
    kinds.insert(r.kind);
  }
  EXPECT_EQ(kinds.size(), 7u);
}

}  // namespace cairn::course
