"""What follows: pure functions over the model; time is an argument, and every number explains itself."""
