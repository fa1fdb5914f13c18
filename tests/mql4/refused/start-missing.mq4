#property strict
void Begin(void)
  {
  }
// refused: start-missing at 1:1
