// slip: a small rate such as one often sees elsewhere; it is too small for this net
// shows: any start: 300 steps with 0.1 end at a loss of about 0.28 instead of below 0.2
// named: mutants/hardly_moves.cpp
// The net of the lesson starts afresh on new points and takes 300 steps with this rate.
double learning_rate() {
  return 0.1;  // the usual
}

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.2; }
