#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(const int a)
  {
   return(a/0);
  }
#endif
// refused: division-by-zero at 5:12
