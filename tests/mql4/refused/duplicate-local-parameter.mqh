#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(const int a)
  {
   int a=0;
  }
#endif
// refused: duplicate-local at 5:8
