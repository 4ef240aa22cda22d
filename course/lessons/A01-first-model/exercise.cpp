// A01: choose the learning rate. Change one number, save the file, and run `cairn check A01`.

// The network of the lesson starts afresh on new points and takes 300 steps with this rate. Look at the lesson's three curves, and pick a
// rate with which the loss ends below the goal, whatever the start (most of eighteen new nets have to get there).
double learning_rate() {
  return 0.001;  // <- change this number
}

// The loss that 300 steps have to get below. It stays as it is.
double goal() { return 0.2; }
