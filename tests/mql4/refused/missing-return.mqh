#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int F(const int a)
  {
   if(a>0)
      return(1);
  }
#endif
// refused: missing-return at 7:3
