#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int a=;
  }
#endif
// refused: syntax at 5:10
