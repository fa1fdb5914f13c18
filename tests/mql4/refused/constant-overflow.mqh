#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(void)
  {
   return(2147483647+1);
  }
#endif
// refused: constant-overflow at 5:21
