#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   F(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1);
  }
#endif
// refused: argument-limit at 5:4
