// CIFAR-10 and CIFAR-100 in their binary format: a record is one label byte (CIFAR-100: coarse, then fine) and 3,072 pixels, the planes
// red, green and blue of 32 x 32.
#pragma once

#include <cairn/data/registry.h>

namespace cairn {

// The records of some files, one after the other: x u8 [n, 3, 32, 32], y i64 [n] (label byte number `which`; -1: the last one). FileError when a file is no
// whole number of records, or has others than `bytes` (0: any number; a file that was cut between two records is seen only so); IndexError
// naming file, record and label outside [0, classes).
Labelled read_cifar(const std::vector<std::string>& paths, int label_bytes, const std::vector<std::string>& classes, int which = -1,
                    uint64_t bytes = 0);

// CIFAR-100 with its 20 coarse classes (fish, flowers, vehicles ...) instead of the 100 fine ones; the files are cifar100's.
Labelled load_cifar100_coarse(const std::string& split, const std::string& from = "");

// Where a file lies, as the data set's archive unpacks (FOLDER/FILE) or plain; "" when it is nowhere.
std::string look_for_cifar(const DatasetInfo& info, const std::string& file, const std::string& folder, const std::string& from);

}  // namespace cairn
