#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   string text="é";
  }
#endif
// refused: non-ascii at 5:17
