#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
int &F(int &a)
  {
   return(a);
  }
#endif
// refused: reference-returned at 3:5
