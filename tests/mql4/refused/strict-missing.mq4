void OnStart(void)
  {
  }
// refused: strict-missing at 1:1
