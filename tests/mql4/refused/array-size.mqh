#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
void F(void)
  {
   int a[0];
  }
#endif
// refused: array-size at 5:10
