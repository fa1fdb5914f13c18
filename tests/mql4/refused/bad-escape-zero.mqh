#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   string text="\x0000";
  }
#endif
// refused: bad-escape at 5:17
