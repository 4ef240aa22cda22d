// slip: the rate is divided by the number of the points, although the loss is a mean already
// shows: any start: 300 steps with 0.03 end at a loss of about 0.34 instead of below 0.2
// named: mutants/hardly_moves.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() {
  const double rate = 3, points = 100;
  return rate / points;
}

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.2; }
