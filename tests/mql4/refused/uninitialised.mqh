#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int a;
  }
#endif
// refused: uninitialised at 5:8
