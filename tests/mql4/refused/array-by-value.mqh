#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(int a[])
  {
   return(ArraySize(a));
  }
#endif
// refused: array-by-value at 3:11
