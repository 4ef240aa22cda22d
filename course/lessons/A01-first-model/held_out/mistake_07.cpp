// slip: a rate ten times too large, with which the loss jumps about
// shows: nearly every start: 300 steps with 30 end at a loss between 1 and 10
// named: mutants/diverges.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() {
  const double rate = 30;
  return rate;
}

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.2; }
