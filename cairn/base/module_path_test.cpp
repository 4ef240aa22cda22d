#include <cairn/base/module_path.h>

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

namespace cairn {
namespace {

TEST(ModulePath, is_empty_outside_of_any_module) { EXPECT_EQ(module_path(), ""); }

TEST(ModulePath, joins_the_names_from_the_outside_in_and_forgets_them_on_leaving) {
  ModuleScope model("net");
  {
    ModuleScope second("2"), layer("linear");
    EXPECT_EQ(module_path(), "net.2.linear");
  }
  EXPECT_EQ(module_path(), "net");
}

TEST(ModulePath, leaves_out_modules_without_a_name) {
  ModuleScope model(""), layer("linear");
  EXPECT_EQ(module_path(), "linear");
}

TEST(ModulePath, is_restored_when_a_module_throws) {
  try {
    ModuleScope scope("broken");
    throw std::runtime_error("");
  } catch (const std::runtime_error&) {}
  EXPECT_EQ(module_path(), "");
}

TEST(ModulePath, belongs_to_its_thread) {
  ModuleScope scope("here");
  std::thread([] {
    EXPECT_EQ(module_path(), "");
    ModuleScope other("there");
    EXPECT_EQ(module_path(), "there");
  }).join();
  EXPECT_EQ(module_path(), "here");
}

}  // namespace
}  // namespace cairn
