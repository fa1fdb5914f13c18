#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(const int a=1)
  {
   return(a);
  }
#endif
// refused: default-argument at 3:18
