// The same for a file that includes the engine. The build reads it ahead (watched_engine.h.gch, with the words of flags.txt), as the
// engine's headers are half the time of a check; where that is missing or another compiler's, this file is read.
#pragma once
#include "watched.h"

#include <cairn/cairn.h>
