#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(const int a,const int b)
  {
   return(a&b+1);
  }
#endif
// refused: precedence at 5:14
