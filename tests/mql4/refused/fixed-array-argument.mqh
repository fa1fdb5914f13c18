#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int G(const int &a[])
  {
   return(ArraySize(a));
  }
int F(void)
  {
   int a[2];
   return(G(a));
  }
#endif
// refused: fixed-array-argument at 10:13
