#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int a=0;
   int &b=a;
  }
#endif
// refused: reference-local at 6:8
